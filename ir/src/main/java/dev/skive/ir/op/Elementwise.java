package dev.skive.ir.op;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.eval.Strides;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.TensorType;
import dev.skive.ir.type.Type;

/// One formula applied at every position; operands broadcast to one shape.
public sealed interface Elementwise extends Op
        permits Abs,
                Add,
                And,
                Cast,
                Ceil,
                Cos,
                Div,
                Equal,
                Erf,
                Exp,
                Floor,
                Gelu,
                Greater,
                GreaterOrEqual,
                Less,
                LessOrEqual,
                Log,
                Max,
                Min,
                Mul,
                Neg,
                Not,
                Or,
                Pow,
                Reciprocal,
                Relu,
                Sigmoid,
                Sin,
                Sqrt,
                Sub,
                Tanh,
                Where {
    /// The element types the operands may have.
    Domain domain();

    /// The formula.
    ScalarExpr expression();

    /// The element type of the result; unless overridden the one all operands share.
    default ElementType resultElement(Operands operands) {
        return operands.sameElementFrom(0);
    }

    @Override
    default ImmutableList<Type> infer(Operands operands) {
        for (int i = 0; i < operands.size(); i++) {
            domain().check(i, operands.tensor(i));
        }
        operands.sameElementFrom(0);
        return ImmutableList.of(new TensorType(resultElement(operands), operands.broadcastFrom(0)));
    }

    @Override
    default ImmutableList<Tensor> evaluate(Evaluation evaluation) {
        ImmutableList<Tensor> operands =
                evaluation.operands().stream()
                        .map(operand -> operand.orElseThrow(AssertionError::new))
                        .collect(ImmutableList.toImmutableList());
        long[] sizes = evaluation.sizes(0);
        ElementType element = evaluation.element(0);
        ImmutableList<int[]> offsets =
                operands.stream()
                        .map(operand -> Strides.broadcast(operand.sizes(), sizes))
                        .collect(ImmutableList.toImmutableList());
        int count = Strides.count(sizes);
        var reals = new double[element.isReal() ? count : 0];
        var integers = new long[element.isReal() ? 0 : count];
        var frame = new ScalarFrame(operands);
        for (int i = 0; i < count; i++) {
            for (int k = 0; k < operands.size(); k++) {
                frame.move(k, offsets.get(k)[i]);
            }
            if (element.isReal()) {
                reals[i] = frame.real(expression());
            } else {
                integers[i] = ScalarFrame.cut(element, frame.integer(expression()));
            }
        }
        return ImmutableList.of(
                element.isReal() ? Tensor.ofReals(element, reals, sizes) : Tensor.ofIntegers(element, integers, sizes));
    }
}
