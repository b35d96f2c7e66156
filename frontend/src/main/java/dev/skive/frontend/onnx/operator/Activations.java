package dev.skive.frontend.onnx.operator;

import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Erf;
import dev.skive.ir.op.Relu;
import dev.skive.ir.op.Sigmoid;
import dev.skive.ir.op.Tanh;
import dev.skive.ir.type.ElementType;

/// Activation functions in their parts, which become one loop again when code is generated.
final class Activations {
    private static final float SELU_ALPHA = 1.6732632f;
    private static final float SELU_GAMMA = 1.050701f;
    private static final float QUICK_GELU_ALPHA = 1.702f;

    private Activations() {}

    private static float alpha(NodeContext node, float absent) {
        return node.attributes().real("alpha", absent);
    }

    /// `Celu`: `max(0, x) + min(0, alpha (e^(x / alpha) - 1))`.
    static Value celu(NodeContext node) {
        Term x = Term.operand(node, 0);
        float alpha = alpha(node, 1);
        Term curve = x.over(alpha).exp().minus(1).times(alpha);
        return x.max(0).plus(curve.min(0)).value();
    }

    /// `Relu`: `max(x, 0)`, since opset 14 of integers too.
    static Value relu(NodeContext node) {
        Term x = Term.operand(node, 0);
        return x.element().isReal() ? x.with(new Relu()).value() : x.max(0).value();
    }

    /// `Erf`; of integers, which only opsets 9 to 12 take, it is cut to an integer.
    static Value erf(NodeContext node) {
        Term x = Term.operand(node, 0);
        ElementType element = x.element();
        return element.isReal()
                ? x.with(new Erf()).value()
                : x.as(ElementType.FLOAT64).with(new Erf()).as(element).value();
    }

    /// `Elu`: `x < 0 ? alpha (e^x - 1) : x`.
    static Value elu(NodeContext node) {
        Term x = Term.operand(node, 0);
        return x.isLess(0).choose(x.exp().minus(1).times(alpha(node, 1)), x).value();
    }

    /// `Selu`: `gamma (x > 0 ? x : alpha (e^x - 1))`.
    static Value selu(NodeContext node) {
        Term x = Term.operand(node, 0);
        Term curve = x.exp().minus(1).times(alpha(node, SELU_ALPHA));
        return x.isMore(0).choose(x, curve).times(node.attributes().real("gamma", SELU_GAMMA)).value();
    }

    /// `ThresholdedRelu`: `x > alpha ? x : 0`.
    static Value thresholdedRelu(NodeContext node) {
        Term x = Term.operand(node, 0);
        return x.isMore(alpha(node, 1)).choose(x, x.number(0)).value();
    }

    /// `Softplus`: `log(1 + e^x)`.
    static Value softplus(NodeContext node) {
        return softplus(Term.operand(node, 0)).value();
    }

    /// `max(0, x) + log(1 + e^-|x|)`, which does not overflow.
    static Term softplus(Term x) {
        Term power = x.number(0).minus(x.abs()).exp();
        return x.max(0).plus(power.plus(1).log());
    }

    /// `Softsign`: `x / (1 + |x|)`.
    static Value softsign(NodeContext node) {
        Term x = Term.operand(node, 0);
        return x.over(x.abs().plus(1)).value();
    }

    /// `Mish`: `x tanh(softplus(x))`.
    static Value mish(NodeContext node) {
        Term x = Term.operand(node, 0);
        return x.times(softplus(x).with(new Tanh())).value();
    }

    /// `Swish`: `x sigmoid(alpha x)`.
    static Value swish(NodeContext node) {
        return swish(node, 1);
    }

    /// ORT's `QuickGelu`, the same with another default.
    static Value quickGelu(NodeContext node) {
        return swish(node, QUICK_GELU_ALPHA);
    }

    private static Value swish(NodeContext node, float absent) {
        Term x = Term.operand(node, 0);
        float alpha = alpha(node, absent);
        Term scaled = alpha == 1 ? x : x.times(alpha);
        return x.times(scaled.with(new Sigmoid())).value();
    }

    /// `PRelu`: `x < 0 ? slope x : x`.
    static Value prelu(NodeContext node) {
        Term x = Term.operand(node, 0);
        return x.isLess(0).choose(Term.operand(node, 1).times(x), x).value();
    }
}
