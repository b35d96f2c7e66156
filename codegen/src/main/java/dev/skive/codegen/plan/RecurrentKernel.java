package dev.skive.codegen.plan;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Streams;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.op.Gru;
import dev.skive.ir.op.Recurrent;
import dev.skive.ir.type.Dim;
import java.util.Optional;
import java.util.stream.Stream;

/// The steps of a recurrent operator over inputs that are weighted already.
///
/// What it writes is the result, `[steps + states, batch, units]`, and behind it a work area for each sequence. Its last
/// states change in place from step to step.
///
/// @param origin the nodes it implements
/// @param op the operator
/// @param input the weighted inputs with their bias, `[steps, batch, gates*units]`, contiguous
/// @param hidden the weights of the hidden state
/// @param optional the other operands
/// @param write result and work area
public record RecurrentKernel(Origin origin, Recurrent op, View input, Hidden hidden, Optionals optional, View write)
        implements Kernel {
    private static final int WIDEST_PANEL = 32;

    /// The weights of the hidden state.
    ///
    /// @param packed in the weights file: all gates, or those of a GRU's gates and of its candidate; may be empty
    /// @param view as a tensor `[units, gates*units]`, when they are not in the weights file
    public record Hidden(ImmutableList<Weight> packed, Optional<View> view) {}

    /// Operands that may be absent.
    ///
    /// @param lengths the length of each sequence
    /// @param initial the first hidden state, contiguous
    /// @param initialCell the first cell state of an LSTM, contiguous
    /// @param vector the peepholes of an LSTM or the hidden bias of a GRU, contiguous
    public record Optionals(
            Optional<View> lengths, Optional<View> initial, Optional<View> initialCell, Optional<View> vector) {
        private Stream<View> all() {
            return Stream.of(lengths, initial, initialCell, vector).flatMap(Optional::stream);
        }
    }

    /// Elements of the work area of one sequence.
    public static Dim area(Recurrent op, Dim units, boolean packed) {
        Dim gates = padded(units.times(op instanceof Gru ? 2 : op.gates()), packed);
        return op instanceof Gru ? gates.plus(padded(units, packed).times(2)) : gates;
    }

    /// Products with packed weights write whole panels.
    public static Dim padded(Dim width, boolean packed) {
        return packed ? Dim.of(Math.ceilDiv(width.known(), WIDEST_PANEL) * WIDEST_PANEL) : width;
    }

    /// Number of steps.
    public Dim steps() {
        return input.shape().dim(0);
    }

    /// Number of sequences.
    public Dim batch() {
        return input.shape().dim(1);
    }

    @Override
    public ImmutableList<View> reads() {
        return Streams.concat(Stream.of(input), hidden.view.stream(), optional.all())
                .collect(ImmutableList.toImmutableList());
    }

    @Override
    public ImmutableList<Weight> weights() {
        return hidden.packed;
    }

    @Override
    public String summary() {
        return "The steps of %s %s, one sequence after the other."
                .formatted(op.reverse() ? "a backward" : "a forward", op.getClass().getSimpleName());
    }

    @Override
    public String verb() {
        return op.mnemonic() + (op.reverse() ? "Backward" : "");
    }
}
