package dev.skive.passes.residual;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Sets;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Attention;
import dev.skive.ir.op.Conv;
import dev.skive.ir.op.ConvTranspose;
import dev.skive.ir.op.Mul;
import dev.skive.passes.weight.Weight;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// Finds out what the weights of a block are for, from where the results of their operators go.
///
/// @param nodes the nodes of the block in order
record Roles(Collection<Node> nodes) {
    /// The role of each weight.
    ImmutableMap<Value, Role> find() {
        Map<Node, Role> operators = operators();
        var roles = new LinkedHashMap<Value, Role>();
        for (Node node : nodes) {
            for (int i = 0; i < node.operands().size(); i++) {
                Value operand = node.operand(i);
                if (!operand.isAbsent() && Weight.is(operand)) {
                    roles.putIfAbsent(operand, role(node, i, operators));
                }
            }
        }
        return ImmutableMap.copyOf(roles);
    }

    private static Role role(Node node, int operand, Map<Node, Role> operators) {
        if (NormPlacement.isNorm(node)) {
            return operand == 1 ? Role.NORM_SCALE : Role.NORM_SHIFT;
        }
        return operators.getOrDefault(node, Role.OTHER);
    }

    private Map<Node, Role> operators() {
        var roles = new HashMap<Node, Role>();
        for (Node node : nodes) {
            if (node.op() instanceof Conv || node.op() instanceof ConvTranspose) {
                roles.put(node, Role.KERNEL);
            } else if (BlockKind.isProductWithWeights(node)) {
                roles.put(node, product(node));
            }
        }
        return roles;
    }

    private Role product(Node product) {
        Set<Node> reached = reached(product);
        Set<Integer> fed = new LinkedHashSet<>();
        for (Node user : reached) {
            if (user.op() instanceof Attention) {
                for (int i = 0; i < 3; i++) {
                    Node operand = user.operand(i).node();
                    if (operand == product || reached.contains(operand)) {
                        fed.add(i);
                    }
                }
            }
        }
        return fed.isEmpty() ? outsideAttention(product, reached) : inAttention(fed);
    }

    private static Role inAttention(Set<Integer> fed) {
        if (fed.size() == 3) {
            return Role.QUERY_KEY_VALUE;
        }
        if (fed.size() == 2) {
            return fed.contains(0) ? Role.OTHER : Role.KEY_VALUE;
        }
        return switch (fed.iterator().next()) {
            case 0 -> Role.QUERY;
            case 1 -> Role.KEY;
            default -> Role.VALUE;
        };
    }

    private Role outsideAttention(Node product, Set<Node> reached) {
        if (comesFromAttention(product)) {
            return Role.ATTENTION_OUTPUT;
        }
        if (reached.stream().noneMatch(BlockKind::isProductWithWeights)) {
            return Role.DOWN;
        }
        return reached.stream()
                .filter(node -> node.op() instanceof Mul && Reach.variable(node).size() == 2)
                .filter(node -> isGating(node))
                .findFirst()
                .map(gating -> half(product, gating))
                .orElse(Role.UP);
    }

    /// True for a product of two values that come from products with weights, one of them through an activation.
    private boolean isGating(Node multiplication) {
        return multiplication.operands().stream().noneMatch(operand -> producers(operand).isEmpty())
                && !multiplication.operand(0).equals(multiplication.operand(1))
                && distinctHalves(multiplication);
    }

    /// False for `x * sigmoid(x)`, an activation itself.
    private boolean distinctHalves(Node multiplication) {
        Value left = multiplication.operand(0);
        Value right = multiplication.operand(1);
        return !ways(left).contains(right.node()) && !ways(right).contains(left.node());
    }

    private Role half(Node product, Node gating) {
        boolean inLeft = producers(gating.operand(0)).contains(product);
        boolean inRight = producers(gating.operand(1)).contains(product);
        if (inLeft && inRight) {
            return Role.GATE_UP;
        }
        Value mine = gating.operand(inLeft ? 0 : 1);
        return ways(mine).stream().anyMatch(node -> !isMovement(node) && node != product) ? Role.GATE : Role.UP;
    }

    private static boolean isMovement(Node node) {
        return node.op() instanceof dev.skive.ir.op.DataMovement;
    }

    private boolean comesFromAttention(Node product) {
        return ways(product.operand(0)).stream().anyMatch(node -> node.op() instanceof Attention);
    }

    /// The products with weights that a value comes from without another in between.
    private Set<Node> producers(Value value) {
        var found = new LinkedHashSet<>(ways(value));
        found.removeIf(node -> !BlockKind.isProductWithWeights(node));
        return found;
    }

    /// The nodes of the block that lead to a value, back to the first that do the work of a layer.
    private Set<Node> ways(Value value) {
        var found = new LinkedHashSet<Node>();
        var open = new java.util.ArrayDeque<Node>();
        open.add(value.node());
        while (!open.isEmpty()) {
            Node node = open.pop();
            if (nodes.contains(node) && found.add(node) && !Step.isWeighty(node)) {
                Reach.variable(node).forEach(operand -> open.add(operand.node()));
            }
        }
        return found;
    }

    /// The nodes of the block that a product's result gets to, up to the first that do the work of a layer.
    private Set<Node> reached(Node product) {
        var found = new LinkedHashSet<Node>();
        for (Node node : nodes) {
            boolean uses =
                    node.operands().stream()
                            .map(Value::node)
                            .anyMatch(operand ->
                                    operand == product || (found.contains(operand) && !Step.isWeighty(operand)));
            if (uses) {
                found.add(node);
            }
        }
        return Sets.newLinkedHashSet(found);
    }
}
