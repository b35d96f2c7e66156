package dev.skive.passes.rule;

import dev.skive.frontend.lang.Attribute;
import dev.skive.frontend.lang.AttributeText;
import dev.skive.frontend.lang.Operators;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Input;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/// Part of a graph as one expression, for logs. Of what is not part of it only the operator is shown, constants as their
/// number or type.
final class Excerpt {
    private static final int LONGEST = 240;

    private final Set<Node> inside;

    private Excerpt(Set<Node> inside) {
        this.inside = inside;
    }

    /// The value as an expression over the nodes of `inside`.
    static String print(Value value, Set<Node> inside) {
        String text = new Excerpt(inside).text(value, 0);
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    }

    private String text(Value value, int depth) {
        Node node = value.node();
        if (value.isAbsent()) {
            return "_";
        }
        if (node.op() instanceof Input input) {
            return input.name();
        }
        OptionalDouble number = Splat.of(value);
        if (number.isPresent()) {
            return Double.toString(number.getAsDouble()).replaceAll("\\.0$", "");
        }
        if (value.constant().isPresent()) {
            return value.type().toString();
        }
        if (!inside.contains(node) || depth > LONGEST) {
            return Operators.name(node.op()) + "(...)";
        }
        List<String> arguments = new ArrayList<>();
        node.operands().forEach(operand -> arguments.add(text(operand, depth + 1)));
        Map<String, Attribute> attributes = Operators.attributes(node.op());
        if (!attributes.isEmpty()) {
            arguments.add(AttributeText.print(attributes));
        }
        return Operators.name(node.op()) + "(" + String.join(", ", arguments) + ")";
    }
}
