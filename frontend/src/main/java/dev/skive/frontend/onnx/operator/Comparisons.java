package dev.skive.frontend.onnx.operator;

import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Expand;
import dev.skive.ir.type.ElementType;

/// Elementwise operators that ask something about their operands, as comparisons and choices.
final class Comparisons {
    private Comparisons() {}

    /// `Sign`: 1, 0 or -1; what is neither above nor below 0 is its own size, so that NaN stays.
    static Value sign(NodeContext node) {
        Term x = Term.operand(node, 0);
        boolean unsigned = x.element().kind() == ElementType.Kind.UNSIGNED;
        Term other = unsigned ? x : x.isLess(0).choose(x.number(-1), x.abs());
        return x.isMore(0).choose(x.number(1), other).value();
    }

    /// `IsNaN`: only NaN differs from itself.
    static Value isNan(NodeContext node) {
        Term x = Term.operand(node, 0);
        return x.isEqual(x).not().value();
    }

    /// `IsInf`: either or both infinities.
    static Value isInfinite(NodeContext node) {
        Term x = Term.operand(node, 0);
        boolean positive = node.attributes().flag("detect_positive", true);
        boolean negative = node.attributes().flag("detect_negative", true);
        if (!positive && !negative) {
            Value no = node.constant(TensorData.scalar(ElementType.BOOL, 0));
            return node.add(new Expand(x.value().shape().dims()), no);
        }
        double infinity = positive ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
        return (positive && negative ? x.abs() : x).isEqual(infinity).value();
    }

    /// `Xor`: true where the operands differ.
    static Value xor(NodeContext node) {
        return Term.operand(node, 0).isEqual(Term.operand(node, 1)).not().value();
    }

    /// `Shrink`: towards 0 by `bias` outside `[-lambd, lambd]`, else 0. Integers are compared and moved as real numbers.
    static Value shrink(NodeContext node) {
        Term x = Term.operand(node, 0);
        float limit = node.attributes().real("lambd", 0.5f);
        float bias = node.attributes().real("bias", 0);
        Term real = x.element().isReal() ? x : x.as(ElementType.FLOAT64);
        Term above = real.isMore(limit).choose(real.minus(bias), real.number(0));
        return real.isLess(-limit).choose(real.plus(bias), above).as(x.element()).value();
    }
}
