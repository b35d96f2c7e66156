package dev.skive.frontend.onnx.export;

import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Dynamic;
import dev.skive.ir.type.Atom;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.Monomial;
import dev.skive.ir.type.TensorType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Symbolic sizes as ONNX values: int64 tensors of one element, computed from the shapes of the graph's inputs and
/// of what introduces sizes.
final class Sizes {
    /// Since this opset `Shape` can give a single size.
    private static final int SHAPE_RANGE = 15;

    private final Graph graph;
    private final ModelNodes nodes;
    private final int opset;
    private final Map<Dim, String> known = new HashMap<>();

    Sizes(Graph graph, ModelNodes nodes, int opset) {
        this.graph = graph;
        this.nodes = nodes;
        this.opset = opset;
    }

    /// The sizes as one rank-1 tensor.
    String vector(List<Dim> dims) {
        if (dims.stream().allMatch(Dim::isKnown)) {
            return constant(dims.stream().mapToLong(Dim::known).toArray());
        }
        List<String> parts = dims.stream().map(this::size).toList();
        return parts.size() == 1
                ? parts.getFirst()
                : nodes.add("Concat", parts, List.of(OnnxAttributes.integer("axis", 0)));
    }

    /// One size as a rank-1 tensor of one element.
    String size(Dim dim) {
        String name = known.get(dim);
        if (name == null) {
            name = dim.isKnown() ? constant(dim.known()) : sum(dim);
            known.put(dim, name);
        }
        return name;
    }

    private String constant(long... values) {
        return nodes.constant(TensorData.ofLongs(values, values.length));
    }

    private String binary(String type, String a, String b) {
        return nodes.add(type, List.of(a, b), List.of());
    }

    private String sum(Dim dim) {
        String sum = "";
        for (var term : dim.terms().descendingMap().entrySet()) {
            String product = product(term.getKey(), term.getValue());
            sum = sum.isEmpty() ? product : binary("Add", sum, product);
        }
        return sum;
    }

    private String product(Monomial monomial, long coefficient) {
        String product = coefficient == 1 && !monomial.atoms().isEmpty() ? "" : constant(coefficient);
        for (Atom atom : monomial.atoms()) {
            product = product.isEmpty() ? atom(atom) : binary("Mul", product, atom(atom));
        }
        return product;
    }

    private String atom(Atom atom) {
        return switch (atom) {
            case Atom.Symbol(String name) -> symbol(name);
            case Atom.Quotient(Dim dividend, Dim divisor) -> quotient(dividend, size(divisor));
            case Atom.Maximum(Dim left, Dim right) -> binary("Max", size(left), size(right));
            case Atom.Minimum(Dim left, Dim right) -> binary("Min", size(left), size(right));
            case Atom.Broadcast(Dim left, Dim right) -> {
                String isOne = binary("Equal", size(left), constant(1));
                yield nodes.add("Where", List.of(isOne, size(right), size(left)), List.of());
            }
        };
    }

    /// ONNX rounds towards zero, sizes round down; they differ only where the dividend can be negative.
    private String quotient(Dim dividend, String divisor) {
        String whole = size(dividend);
        boolean negative = dividend.terms().values().stream().anyMatch(coefficient -> coefficient < 0);
        String exact = negative ? binary("Sub", whole, binary("Mod", whole, divisor)) : whole;
        return binary("Div", exact, divisor);
    }

    private String symbol(String name) {
        Dim wanted = Dim.symbol(name);
        String found = known.get(wanted);
        if (found != null) {
            return found;
        }
        for (Value input : graph.inputs()) {
            int axis = axis(input, wanted);
            if (axis >= 0) {
                return bind(wanted, input, axis);
            }
        }
        // Otherwise a node that has run by now has introduced it.
        for (Node node : graph.nodes()) {
            for (int i = 0; node.op() instanceof Dynamic && i < node.types().size(); i++) {
                int axis = axis(node.result(i), wanted);
                if (axis >= 0) {
                    return bind(wanted, node.result(i), axis);
                }
            }
        }
        throw new AssertionError("nothing has an axis of size '" + name + "'");
    }

    private static int axis(Value value, Dim wanted) {
        return value.type() instanceof TensorType type ? type.shape().dims().indexOf(wanted) : -1;
    }

    private String bind(Dim wanted, Value value, int axis) {
        String size = axisOf(nodes.name(value), axis);
        known.put(wanted, size);
        return size;
    }

    private String axisOf(String input, int axis) {
        if (opset >= SHAPE_RANGE) {
            return nodes.add(
                    "Shape",
                    List.of(input),
                    List.of(OnnxAttributes.integer("start", axis), OnnxAttributes.integer("end", axis + 1)));
        }
        return binary("Gather", nodes.add("Shape", List.of(input), List.of()), constant(axis));
    }
}
