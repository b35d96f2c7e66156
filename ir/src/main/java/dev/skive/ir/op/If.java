package dev.skive.ir.op;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.eval.Datum;
import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Type;
import dev.skive.ir.type.TypeError;

/// One of two graphs, as a condition says
///
/// **Shapes**: condition of one element, captured values -> as given.
/// **Types**: a boolean condition; any captured values.
/// **Numerics**: those of the graph that runs.
/// **Errors**: those of the graph that runs; at run time, results that do not have the types given.
/// **Source**: ONNX `If`.
///
/// @param yes what runs when the condition holds
/// @param no what runs otherwise
/// @param types the types of the results, which both branches have
public record If(Body yes, Body no, ImmutableList<Type> types) implements Dynamic, Nested {
    @Override
    public Arity arity() {
        return Arity.atLeast(1);
    }

    @Override
    public ImmutableList<Type> infer(Operands operands) {
        TypeError.check(
                operands.element(0) == ElementType.BOOL, "the condition must be bool, found %s", operands.tensor(0));
        TypeError.check(yes.given() == 0 && no.given() == 0, "branches take nothing but captured values");
        yes.check(operands, firstCapture(), types.size());
        no.check(operands, firstCapture(), types.size());
        return types;
    }

    @Override
    public ImmutableList<Datum> evaluate(Evaluation evaluation) {
        long[] condition = evaluation.integers(0);
        Evaluation.check(condition.length == 1, "the condition must be one element, found %s", condition.length);
        return (condition[0] != 0 ? yes : no).run(evaluation, ImmutableList.of());
    }

    @Override
    public int firstCapture() {
        return 1;
    }

    @Override
    public ImmutableList<Body> bodies() {
        return ImmutableList.of(yes, no);
    }

    @Override
    public Op withBodies(ImmutableList<Body> bodies) {
        return new If(bodies.get(0), bodies.get(1), types);
    }
}
