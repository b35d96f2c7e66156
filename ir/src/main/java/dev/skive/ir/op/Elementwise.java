package dev.skive.ir.op;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.eval.Strides;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.TensorType;
import dev.skive.ir.type.Type;
import java.util.stream.IntStream;

/// One formula applied at every position; operands broadcast to one shape.
public sealed interface Elementwise extends Op
        permits Abs,
                Acos,
                Acosh,
                Add,
                And,
                Asin,
                Asinh,
                Atan,
                Atanh,
                BitCast,
                BitShift,
                BitwiseAnd,
                BitwiseOr,
                BitwiseXor,
                Cast,
                Ceil,
                Cos,
                Cosh,
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
                Mod,
                Mul,
                Neg,
                Not,
                Or,
                Pow,
                Quantization,
                Reciprocal,
                Relu,
                Round,
                Sigmoid,
                Sin,
                Sinh,
                Sqrt,
                Sub,
                Tan,
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
    default Arity arity() {
        return Arity.exactly(expression().operands());
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
        long[] sizes = evaluation.sizes(0);
        ElementType element = evaluation.element(0);
        int count = Strides.count(sizes);
        ImmutableList<Tensor> operands =
                IntStream.range(0, evaluation.operands().size())
                        .mapToObj(evaluation::operand)
                        .map(operand -> operand.broadcast(sizes))
                        .collect(ImmutableList.toImmutableList());
        return ImmutableList.of(new ScalarFrame(operands, count).evaluate(expression(), element).reshape(sizes));
    }
}
