package dev.skive.ir.op;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.eval.Datum;
import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.eval.NoDatum;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.TensorType;
import dev.skive.ir.type.Type;

/// Whether an optional holds something
///
/// **Shapes**: an optional -> rank 0.
/// **Types**: an optional, or a value that is there -> `bool`.
/// **Numerics**: exact.
/// **Errors**: none.
/// **Source**: ONNX `OptionalHasElement`.
public record OptionalHas() implements Dynamic {
    @Override
    public Arity arity() {
        return Arity.exactly(1);
    }

    @Override
    public ImmutableList<Type> infer(Operands operands) {
        return ImmutableList.of(new TensorType(ElementType.BOOL, Shape.SCALAR));
    }

    @Override
    public ImmutableList<? extends Datum> evaluate(Evaluation evaluation) {
        long holds = evaluation.datum(0) instanceof NoDatum ? 0 : 1;
        return ImmutableList.of(Tensor.ofIntegers(ElementType.BOOL, new long[] {holds}));
    }
}
