package dev.skive.frontend.onnx.operator;

import dev.skive.ir.type.Dim;
import dev.skive.ir.type.OptionalType;
import dev.skive.ir.type.SequenceType;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.TensorType;
import dev.skive.ir.type.Type;
import dev.skive.ir.type.UnrankedType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Types of values that a graph inside a node gives, as they are around it, and types that cover two.
///
/// @param node the node
/// @param varying symbols that stand for sizes which differ between two types
record JoinedTypes(NodeContext node, Set<String> varying) {
    JoinedTypes(NodeContext node) {
        this(node, new HashSet<>());
    }

    /// A type of a graph inside, as it is around it; sizes that mean nothing there become symbols.
    ///
    /// @param sizes what symbols inside mean around
    Type outside(Type inside, Map<String, Dim> sizes) {
        return switch (inside) {
            case TensorType(var element, var shape) ->
                    new TensorType(element, Shape.of(shape.dims().stream().map(dim -> outside(dim, sizes)).toList()));
            case SequenceType(var member) -> new SequenceType(outside(member, sizes));
            case OptionalType(var content) -> new OptionalType(outside(content, sizes));
            default -> inside;
        };
    }

    private Dim outside(Dim inside, Map<String, Dim> sizes) {
        boolean known =
                inside.symbols().stream().allMatch(symbol -> sizes.containsKey(symbol) && !varying.contains(symbol));
        return known ? inside.substitute(sizes) : fresh();
    }

    private Dim fresh() {
        return Dim.symbol(node.freshSymbol("size"));
    }

    /// A type that covers both.
    ///
    /// @throws dev.skive.ir.SkiveException when there is none
    Type join(Type a, Type b) {
        if (a.equals(b)) {
            return a;
        }
        if (a instanceof SequenceType(var left) && b instanceof SequenceType(var right)) {
            return new SequenceType(join(left, right));
        }
        if (a instanceof OptionalType(var left)) {
            return new OptionalType(join(left, b instanceof OptionalType(var right) ? right : b));
        }
        if (b instanceof OptionalType) {
            return join(b, a);
        }
        if (a instanceof TensorType(var element, var left)
                && b instanceof TensorType(var other, var right)
                && element == other
                && left.rank() == right.rank()) {
            var dims = new ArrayList<Dim>();
            for (int axis = 0; axis < left.rank(); axis++) {
                dims.add(join(left.dim(axis), right.dim(axis)));
            }
            return new TensorType(element, Shape.of(dims));
        }
        var element = TensorTypes.element(a);
        if (element.isPresent() && element.equals(TensorTypes.element(b))) {
            return new UnrankedType(element.get());
        }
        throw node.failure("%s gives values of types %s and %s, which nothing covers", node.proto().getOpType(), a, b);
    }

    private Dim join(Dim a, Dim b) {
        if (a.equals(b) || a.asSymbol().filter(varying::contains).isPresent()) {
            return a;
        }
        Dim covering = fresh();
        varying.addAll(covering.symbols());
        return covering;
    }
}
