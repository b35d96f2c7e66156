package dev.skive.ir.op;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.eval.Datum;
import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.TensorType;
import dev.skive.ir.type.Type;
import dev.skive.ir.type.TypeError;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// A graph that runs again and again. It takes the number of the iteration, the condition and the states, and gives the
/// next condition, the next states, and one slice of each scanned result
///
/// **Shapes**: trip count and condition of one element, states, captured values -> states, scanned results
/// `[iterations, slice...]`.
/// **Types**: trip count `i64` and condition `bool`, each of which may be left out; any states and captured values.
/// **Numerics**: those of the graph.
/// **Errors**: those of the graph; at run time, slices of one result that differ in size.
/// **Source**: ONNX `Loop`.
///
/// @param body what runs
/// @param states how many values go from one iteration to the next
/// @param types the types of the results: states, then scanned results
public record Loop(Body body, int states, ImmutableList<Type> types) implements Dynamic, Nested {
    private static final int FIRST_STATE = 2;

    @Override
    public Arity arity() {
        return Arity.between(0, Integer.MAX_VALUE);
    }

    @Override
    public ImmutableList<Type> infer(Operands operands) {
        if (operands.has(0)) {
            TypeError.check(
                    operands.element(0) == ElementType.INT64,
                    "the trip count must be i64, found %s",
                    operands.tensor(0));
        }
        if (operands.has(1)) {
            TypeError.check(
                    operands.element(1) == ElementType.BOOL,
                    "the condition must be bool, found %s",
                    operands.tensor(1));
        }
        TypeError.check(
                operands.size() >= FIRST_STATE + states, "takes %s states, found %s operands", states, operands.size());
        TypeError.check(
                body.given() == FIRST_STATE + states,
                "the body must take the iteration, the condition and %s states, found %s inputs",
                states,
                body.given());
        body.check(operands, firstCapture(), 1 + types.size());
        return types;
    }

    /// How many results are put together from slices.
    public int scanned() {
        return types.size() - states;
    }

    @Override
    public ImmutableList<Datum> evaluate(Evaluation evaluation) {
        long trips = evaluation.optional(0).map(count -> count.integers()[0]).orElse(Long.MAX_VALUE);
        Tensor goOn = evaluation.optional(1).orElseGet(() -> Tensor.ofIntegers(ElementType.BOOL, new long[] {1}));
        List<Datum> carried = new ArrayList<>();
        IntStream.range(0, states).forEach(i -> carried.add(evaluation.datum(FIRST_STATE + i)));
        var slices = IntStream.range(0, scanned()).mapToObj(i -> new ArrayList<Tensor>()).toList();
        for (long trip = 0; trip < trips && goOn.integers()[0] != 0; trip++) {
            var given = new ArrayList<Datum>();
            given.add(Tensor.ofIntegers(ElementType.INT64, new long[] {trip}));
            given.add(goOn);
            given.addAll(carried);
            List<Datum> results = body.run(evaluation, given);
            goOn = (Tensor) results.getFirst();
            carried.clear();
            carried.addAll(results.subList(1, 1 + states));
            for (int i = 0; i < scanned(); i++) {
                slices.get(i).add((Tensor) results.get(1 + states + i));
            }
        }
        var results = ImmutableList.<Datum>builder().addAll(carried);
        for (int i = 0; i < scanned(); i++) {
            results.add(slices.get(i).isEmpty() ? none(evaluation, states + i) : Tensor.stack(slices.get(i)));
        }
        return results.build();
    }

    /// A result without slices; sizes that nothing tells are 0.
    private Tensor none(Evaluation evaluation, int result) {
        var type = (TensorType) types.get(result);
        long[] sizes =
                type.shape().dims().stream()
                        .mapToLong(dim ->
                                evaluation.symbols().keySet().containsAll(dim.symbols()) ? evaluation.size(dim) : 0)
                        .toArray();
        return Tensor.zeros(type.element(), sizes);
    }

    @Override
    public int firstCapture() {
        return FIRST_STATE + states;
    }

    @Override
    public ImmutableList<Body> bodies() {
        return ImmutableList.of(body);
    }

    @Override
    public Op withBodies(ImmutableList<Body> bodies) {
        return new Loop(bodies.getFirst(), states, types);
    }
}
