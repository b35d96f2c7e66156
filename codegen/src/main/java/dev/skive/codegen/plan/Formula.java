package dev.skive.codegen.plan;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Cast;
import dev.skive.ir.op.Elementwise;
import dev.skive.ir.op.Quantize;
import dev.skive.ir.op.ScalarExpr;
import dev.skive.ir.op.ScalarExpr.Apply;
import dev.skive.ir.op.ScalarExpr.Argument;
import dev.skive.ir.op.ScalarExpr.Bits;
import dev.skive.ir.op.ScalarExpr.Convert;
import dev.skive.ir.op.ScalarExpr.Literal;
import dev.skive.ir.op.ScalarFunction;
import dev.skive.ir.op.Sub;
import dev.skive.ir.type.ElementType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Composes the formulas of a chain of elementwise nodes into one; constants of one element become literals.
final class Formula {
    private static final double EXACT_INTEGERS = 0x1p53;
    private static final int UNSIGNED_MOST = 255;

    /// What is left of the sum of this number and a small one has no digits behind the point.
    private static final ScalarExpr ROUNDING = ScalarExpr.literal(0x1.8p23);

    private final Fusion fusion;
    private final List<Value> arguments = new ArrayList<>();
    private final List<Node> nodes = new ArrayList<>();
    private final ScalarExpr expression;

    Formula(Fusion fusion, Node root) {
        this.fusion = fusion;
        this.expression = compose(root);
    }

    /// The formula over [#arguments()].
    ScalarExpr expression() {
        return expression;
    }

    /// The values it reads.
    ImmutableList<Value> arguments() {
        return ImmutableList.copyOf(arguments);
    }

    /// The nodes it computes, operands first.
    ImmutableList<Node> nodes() {
        return ImmutableList.copyOf(nodes);
    }

    private ScalarExpr compose(Node node) {
        return distance(node).orElseGet(() -> composed(node));
    }

    private ScalarExpr composed(Node node) {
        ImmutableList<ScalarExpr> operands =
                node.operands().stream().map(this::operand).collect(ImmutableList.toImmutableList());
        nodes.add(node);
        ScalarExpr body = substitute(((Elementwise) node.op()).expression(), operands);
        return node.op() instanceof Cast(ElementType to)
                ? unstored(to, node, operands).orElse(body)
                : narrow(node, body);
    }

    /// A quantized number that is taken back to float32 at once is an integer of its type already.
    private static Optional<ScalarExpr> unstored(ElementType to, Node cast, List<ScalarExpr> operands) {
        return to == ElementType.FLOAT32
                        && cast.operand(0).node().op() instanceof Quantize
                        && operands.getFirst() instanceof Convert(ElementType integer, ScalarExpr value)
                ? Optional.of(value)
                : Optional.empty();
    }

    /// A quantized number less its zero point, `(float) quantize(x, scale, zero) - (float) zero`, is `x / scale` rounded.
    /// The limits of the integer type, less the zero point too, are integers, so they may be applied before rounding; and
    /// what lies between them is small, so adding and taking off a large number rounds it, ties to even. As in
    /// `Quantize`, NaN becomes the least number.
    private Optional<ScalarExpr> distance(Node node) {
        if (!(node.op() instanceof Sub)
                || !isRealCast(node.operand(0))
                || !isRealCast(node.operand(1))
                || !fusion.isAbsorbed(node.operand(0).node())) {
            return Optional.empty();
        }
        Node quantize = node.operand(0).node().operand(0).node();
        Value zero = node.operand(1).node().operand(0);
        boolean matches =
                quantize.op() instanceof Quantize(ElementType to)
                        && to.bits() == Byte.SIZE
                        && fusion.isAbsorbed(quantize)
                        && quantize.operand(2).equals(zero)
                        && Planner.isFloat(quantize.operand(0))
                        && Planner.isFloat(quantize.operand(1));
        return matches ? Optional.of(distance(node, quantize)) : Optional.empty();
    }

    private static boolean isRealCast(Value value) {
        return value.node().op() instanceof Cast(ElementType to) && to == ElementType.FLOAT32;
    }

    private ScalarExpr distance(Node node, Node quantize) {
        ScalarExpr quotient =
                ScalarExpr.apply(ScalarFunction.DIVIDE, operand(quantize.operand(0)), operand(quantize.operand(1)));
        ScalarExpr zero = operand(node.operand(1));
        boolean signed = quantize.result().tensor().element() == ElementType.INT8;
        ScalarExpr least =
                ScalarExpr.apply(ScalarFunction.SUBTRACT, ScalarExpr.literal(signed ? Byte.MIN_VALUE : 0), zero);
        ScalarExpr most =
                ScalarExpr.apply(
                        ScalarFunction.SUBTRACT, ScalarExpr.literal(signed ? Byte.MAX_VALUE : UNSIGNED_MOST), zero);
        ScalarExpr above =
                ScalarExpr.apply(
                        ScalarFunction.SELECT,
                        ScalarExpr.apply(ScalarFunction.LESS_OR_EQUAL, least, quotient),
                        quotient,
                        least);
        ScalarExpr within = ScalarExpr.apply(ScalarFunction.MINIMUM, above, most);
        nodes.addAll(List.of(quantize, node.operand(0).node(), node));
        return ScalarExpr.apply(
                ScalarFunction.SUBTRACT, ScalarExpr.apply(ScalarFunction.ADD, within, ROUNDING), ROUNDING);
    }

    /// Integer results are cut to the width of their type.
    private static ScalarExpr narrow(Node node, ScalarExpr body) {
        ElementType element = node.result().tensor().element();
        boolean isNarrow = body instanceof Convert(ElementType to, ScalarExpr value) && to == element;
        return element.isInteger() && element.bits() < Long.SIZE && !isNarrow ? new Convert(element, body) : body;
    }

    private ScalarExpr operand(Value value) {
        if (value.node().op() instanceof Elementwise && fusion.isAbsorbed(value.node())) {
            return compose(value.node());
        }
        if (value.constant().filter(Formula::isSmallScalar).isPresent()) {
            TensorData data = value.constant().get();
            ScalarExpr literal = new Literal(data.getDouble(0));
            return new Convert(data.element(), literal);
        }
        int known = arguments.indexOf(value);
        if (known >= 0) {
            return new Argument(known);
        }
        arguments.add(value);
        return new Argument(arguments.size() - 1);
    }

    private static boolean isSmallScalar(TensorData data) {
        return data.count() == 1
                && data.element() != ElementType.STRING
                && (data.element().isReal() || Math.abs(data.getDouble(0)) < EXACT_INTEGERS);
    }

    /// An expression with its arguments replaced.
    static ScalarExpr substitute(ScalarExpr expression, List<ScalarExpr> operands) {
        return switch (expression) {
            case Argument(int index) -> operands.get(index);
            case Literal literal -> literal;
            case Convert(ElementType to, ScalarExpr value) -> new Convert(to, substitute(value, operands));
            case Bits(ElementType to, ScalarExpr value) -> new Bits(to, substitute(value, operands));
            case Apply(var function, var inner) ->
                    new Apply(
                            function,
                            inner.stream()
                                    .map(part -> substitute(part, operands))
                                    .collect(ImmutableList.toImmutableList()));
        };
    }
}
