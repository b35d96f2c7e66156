package dev.skive.ir.op;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.eval.Datum;
import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.TensorType;
import dev.skive.ir.type.Type;

/// The number of members of a sequence
///
/// **Shapes**: a sequence -> rank 0.
/// **Types**: any sequence -> `i64`.
/// **Numerics**: exact.
/// **Errors**: none.
/// **Source**: ONNX `SequenceLength`.
public record SequenceLength() implements Dynamic {
    @Override
    public Arity arity() {
        return Arity.exactly(1);
    }

    @Override
    public ImmutableList<Type> infer(Operands operands) {
        SequenceTypes.require(operands, 0);
        return ImmutableList.of(new TensorType(ElementType.INT64, Shape.SCALAR));
    }

    @Override
    public ImmutableList<? extends Datum> evaluate(Evaluation evaluation) {
        return ImmutableList.of(Tensor.ofIntegers(ElementType.INT64, new long[] {evaluation.sequence(0).size()}));
    }
}
