package dev.skive.ir.op;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.eval.Datum;
import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.Type;
import java.util.stream.IntStream;

/// The texts of two tensors joined position by position
///
/// **Shapes**: two texts of one shape -> that shape.
/// **Types**: text -> text.
/// **Numerics**: exact.
/// **Errors**: at run time, shapes that differ.
/// **Source**: ONNX `StringConcat`, after broadcasting.
public record TextConcat() implements Dynamic {
    @Override
    public Arity arity() {
        return Arity.exactly(2);
    }

    @Override
    public ImmutableList<Type> infer(Operands operands) {
        return ImmutableList.of(operands.tensor(0));
    }

    @Override
    public ImmutableList<? extends Datum> evaluate(Evaluation evaluation) {
        Tensor left = evaluation.operand(0);
        Tensor right = evaluation.operand(1);
        Evaluation.check(left.count() == right.count(), "%s and %s differ in shape", left, right);
        ImmutableList<String> joined =
                IntStream.range(0, left.count())
                        .mapToObj(i -> left.text().get(i) + right.text().get(i))
                        .collect(ImmutableList.toImmutableList());
        return ImmutableList.of(Tensor.ofText(joined, left.sizes()));
    }
}
