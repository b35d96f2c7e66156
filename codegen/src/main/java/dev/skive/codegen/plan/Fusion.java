package dev.skive.codegen.plan;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Add;
import dev.skive.ir.op.Elementwise;
import dev.skive.ir.op.EmbeddingSum;
import dev.skive.ir.op.LayerNorm;
import dev.skive.ir.op.Linear;
import dev.skive.ir.op.MatMul;
import dev.skive.ir.op.Mul;
import dev.skive.ir.op.RmsNorm;
import dev.skive.ir.op.ScalarExpr;
import dev.skive.ir.op.ScalarExpr.Apply;
import dev.skive.ir.op.ScalarExpr.Argument;
import dev.skive.ir.op.ScalarExpr.Bits;
import dev.skive.ir.op.ScalarExpr.Convert;
import dev.skive.ir.op.ScalarExpr.Literal;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/// Decides which nodes become one kernel: a product or look-up with what follows it, and chains of elementwise nodes.
/// A node is absorbed only when its result has no other use, and its formula is not too long.
final class Fusion {
    /// Longest formula that becomes a part of another one. Real ones are much shorter, and text and methods have to end.
    private static final int LONGEST = 128;

    private final Graph graph;
    private final Map<Node, Tail> tails = new LinkedHashMap<>();
    private final Set<Node> absorbed = new HashSet<>();
    private final Set<Node> inTails = new HashSet<>();
    private final Map<Node, Integer> lengths = new HashMap<>();
    private final ImmutableMap<Node, ConvTails.Tail> convolutions;

    /// What follows a product, a look-up or a sum within its kernel.
    ///
    /// @param head the node the kernel starts with
    /// @param scale a multiplication by one number per column
    /// @param shift an addition of one number per column, after a scale
    /// @param activation an elementwise node of one operand
    /// @param residual an addition of the result so far and another value
    /// @param norm a normalization of the last axis
    record Tail(
            Node head,
            Optional<Node> scale,
            Optional<Node> shift,
            Optional<Node> activation,
            Optional<Node> residual,
            Optional<Node> norm) {
        /// The node whose result the kernel writes.
        Node root() {
            return norm.or(() -> residual).orElse(activated());
        }

        /// The node whose result the residual is added to.
        Node activated() {
            return activation.or(() -> shift).or(() -> scale).orElse(head);
        }

        /// Every node of the kernel.
        ImmutableSet<Node> nodes() {
            var nodes = ImmutableSet.<Node>builder().add(head);
            scale.ifPresent(nodes::add);
            shift.ifPresent(nodes::add);
            activation.ifPresent(nodes::add);
            residual.ifPresent(nodes::add);
            norm.ifPresent(nodes::add);
            return nodes.build();
        }
    }

    private Fusion(Graph graph) {
        this.graph = graph;
        this.convolutions = ConvTails.of(graph).byRoot();
        convolutions
                .values()
                .forEach(tail -> {
                    inTails.addAll(tail.nodes());
                    tail.nodes().stream().filter(node -> node != tail.root()).forEach(absorbed::add);
                });
    }

    static Fusion of(Graph graph) {
        var fusion = new Fusion(graph);
        for (Node node : graph.nodes()) {
            if (!fusion.inTails.contains(node)) {
                fusion.startTail(node);
            }
        }
        graph.nodes().forEach(fusion::absorbElementwise);
        return fusion;
    }

    /// The tails by root.
    ImmutableMap<Node, Tail> tails() {
        return tails.values().stream().collect(ImmutableMap.toImmutableMap(Tail::root, tail -> tail));
    }

    /// Convolutions and what follows them, by root.
    ImmutableMap<Node, ConvTails.Tail> convolutions() {
        return convolutions;
    }

    /// True when another node's kernel computes this node on the way.
    boolean isAbsorbed(Node node) {
        return absorbed.contains(node);
    }

    private void startTail(Node node) {
        Optional<Tail> tail =
                switch (node.op()) {
                    case Linear linear when isWeight(node.operand(1)) -> Optional.of(productTail(node));
                    case MatMul product when isWeight(node.operand(1)) -> Optional.of(productTail(node));
                    case EmbeddingSum sum when hasWeights(node) ->
                            Optional.of(
                                    new Tail(
                                            node,
                                            Optional.empty(),
                                            Optional.empty(),
                                            Optional.empty(),
                                            Optional.empty(),
                                            normAfter(node)));
                    default -> Optional.empty();
                };
        tail.ifPresent(found -> {
            tails.put(node, found);
            inTails.addAll(found.nodes());
            found.nodes().stream().filter(member -> member != found.root()).forEach(absorbed::add);
        });
    }

    private static boolean hasWeights(Node sum) {
        return IntStream.range(0, sum.operands().size() / 2).allMatch(i -> isWeight(sum.operand(2 * i)));
    }

    /// True for a constant float32 matrix.
    static boolean isWeight(Value value) {
        return value.constant().isPresent()
                && value.tensor().element() == ElementType.FLOAT32
                && value.shape().rank() == 2;
    }

    private Tail productTail(Node product) {
        Optional<Node> scale =
                product.op() instanceof MatMul
                        ? columnsAfter(product).filter(user -> user.op() instanceof Mul)
                        : Optional.empty();
        Optional<Node> shift = scale.flatMap(this::columnsAfter).filter(user -> user.op() instanceof Add);
        Node affine = shift.or(() -> scale).orElse(product);
        Optional<Node> activation =
                onlyUser(affine)
                        .filter(user -> user.op() instanceof Elementwise && user.operands().size() == 1)
                        .filter(user -> user.result().tensor().equals(product.result().tensor()));
        Node sofar = activation.orElse(affine);
        Optional<Node> residual =
                onlyUser(sofar)
                        .filter(user -> user.op() instanceof Add)
                        .filter(user ->
                                user.operands().stream()
                                        .allMatch(operand ->
                                                operand.tensor().equals(sofar.result().tensor())
                                                        && operand.constant().isEmpty()));
        Optional<Node> norm = normAfter(residual.orElse(sofar));
        return new Tail(product, scale, shift, activation, residual, norm);
    }

    /// The only user of a result when it takes one number per column besides.
    private Optional<Node> columnsAfter(Node node) {
        return onlyUser(node)
                .filter(user -> user.op() instanceof Mul || user.op() instanceof Add)
                .filter(user -> user.contents().isEmpty())
                .filter(user -> user.result().tensor().equals(node.result().tensor()))
                .filter(user -> isColumns(other(user, node.result()), node.result()));
    }

    private static boolean isColumns(Value value, Value result) {
        Shape shape = value.shape();
        return value.tensor().element() == ElementType.FLOAT32
                && (shape.elementCount().is(1)
                        || (shape.last().equals(result.shape().last()) && shape.elementCount().equals(shape.last())));
    }

    /// The operand of a node of two that is not the given one.
    static Value other(Node node, Value operand) {
        return node.operand(node.operand(0).equals(operand) ? 1 : 0);
    }

    private Optional<Node> normAfter(Node node) {
        return onlyUser(node).filter(user -> isRowNorm(user) && user.operand(0).equals(node.result()));
    }

    /// True for a float32 normalization of the last axis with constant scale and bias.
    static boolean isRowNorm(Node node) {
        boolean last =
                switch (node.op()) {
                    case LayerNorm(int axis, double epsilon) -> axis == node.result().shape().rank() - 1;
                    case RmsNorm(int axis, double epsilon) -> axis == node.result().shape().rank() - 1;
                    default -> false;
                };
        return last
                && node.result().tensor().element() == ElementType.FLOAT32
                && node.result().shape().last().isKnown()
                && node.operands().stream().skip(1).allMatch(operand -> isVector(operand, node.result()));
    }

    private static boolean isVector(Value factor, Value result) {
        return factor.isAbsent()
                || (factor.constant().isPresent()
                        && factor.shape().rank() == 1
                        && factor.shape().last().equals(result.shape().last()));
    }

    private Optional<Node> onlyUser(Node node) {
        return graph.useCount(node.result()) == 1
                ? graph.users(node.result()).stream().findFirst().filter(user -> !inTails.contains(user))
                : Optional.empty();
    }

    private void absorbElementwise(Node node) {
        if (!(node.op() instanceof Elementwise op) || inTails.contains(node) || node.contents().isPresent()) {
            return;
        }
        int length = length(op.expression(), node);
        lengths.put(node, length);
        if (length > LONGEST) {
            return;
        }
        onlyUser(node)
                .filter(user -> user.op() instanceof Elementwise && user.contents().isEmpty())
                .filter(user -> user.result().shape().equals(node.result().shape()))
                .ifPresent(user -> absorbed.add(node));
    }

    /// How long a formula is once those of absorbed operands stand in it, as often as it names them.
    private int length(ScalarExpr expression, Node node) {
        return switch (expression) {
            case Argument(int index) -> {
                Node operand = node.operand(index).node();
                yield absorbed.contains(operand) ? lengths.getOrDefault(operand, 1) : 1;
            }
            case Literal literal -> 1;
            case Convert(var to, ScalarExpr value) -> 1 + length(value, node);
            case Bits(var to, ScalarExpr value) -> 1 + length(value, node);
            case Apply(var function, var inner) -> 1 + inner.stream().mapToInt(part -> length(part, node)).sum();
        };
    }
}
