package dev.skive.runtime.dynamic;

import dev.skive.runtime.BooleanTensor;
import dev.skive.runtime.ElementKind;
import dev.skive.runtime.LongTensor;
import dev.skive.runtime.Tensor;
import dev.skive.runtime.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The course of a loop: how far it is, what goes from one iteration to the next, and what has been collected.
///
/// ```java
/// final Iteration loop = new Iteration(trips, condition, slices, x, y);
/// while (loop.goesOn()) {
///     loop.next(body(loop.inputs(captured)));
/// }
/// final Value[] results = loop.results();
/// ```
public final class Iteration {
    private final long trips;
    private final Value[] states;
    private final Slices[] slices;
    private long trip;
    private boolean goesOn;

    /// What one result is made of.
    ///
    /// @param kind kind of the elements
    /// @param sizes sizes of a slice when no iteration runs
    @SuppressWarnings("ArrayRecordComponent")
    public record Slice(ElementKind kind, long... sizes) {}

    private record Slices(Slice empty, List<Tensor> collected) {}

    /// The start of a loop.
    ///
    /// @param trips the most iterations, or null for no limit
    /// @param condition whether to begin, or null to do so
    /// @param scanned what each result that is collected is made of
    /// @param states the values that go from one iteration to the next
    public Iteration(@Nullable Value trips, @Nullable Value condition, Slice[] scanned, Value... states) {
        this.trips = trips == null ? Long.MAX_VALUE : Elements.integers(Control.tensor(trips))[0];
        this.goesOn = condition == null || Control.holds(condition);
        this.states = states.clone();
        this.slices = new Slices[scanned.length];
        for (int i = 0; i < scanned.length; i++) {
            slices[i] = new Slices(scanned[i], new ArrayList<>());
        }
    }

    /// True when another iteration follows.
    public boolean goesOn() {
        return goesOn && trip < trips;
    }

    /// What the body takes: the number of the iteration, the condition, the states, and what it uses from around it.
    public Value[] inputs(Value... captured) {
        var inputs = new Value[2 + states.length + captured.length];
        inputs[0] = LongTensor.scalar(trip);
        inputs[1] = BooleanTensor.scalar(goesOn);
        System.arraycopy(states, 0, inputs, 2, states.length);
        System.arraycopy(captured, 0, inputs, 2 + states.length, captured.length);
        return inputs;
    }

    /// Takes what the body gave: the next condition, the next states, and a slice of each collected result.
    public void next(Value... results) {
        goesOn = Control.holds(results[0]);
        System.arraycopy(results, 1, states, 0, states.length);
        for (int i = 0; i < slices.length; i++) {
            slices[i].collected.add(Control.tensor(results[1 + states.length + i]));
        }
        trip++;
    }

    /// The states, then the collected results.
    public Value[] results() {
        var results = new Value[states.length + slices.length];
        System.arraycopy(states, 0, results, 0, states.length);
        for (int i = 0; i < slices.length; i++) {
            Slices collected = slices[i];
            results[states.length + i] =
                    collected.collected.isEmpty() ? empty(collected.empty) : Joining.stack(collected.collected);
        }
        return results;
    }

    private static Tensor empty(Slice slice) {
        var shape = new long[slice.sizes.length + 1];
        System.arraycopy(slice.sizes, 0, shape, 1, slice.sizes.length);
        return Elements.empty(slice.kind, shape);
    }
}
