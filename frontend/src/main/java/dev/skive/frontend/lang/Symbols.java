package dev.skive.frontend.lang;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Node;
import dev.skive.ir.op.Nested;
import dev.skive.ir.type.AbsentType;
import dev.skive.ir.type.OptionalType;
import dev.skive.ir.type.SequenceType;
import dev.skive.ir.type.TensorType;
import dev.skive.ir.type.Type;
import dev.skive.ir.type.UnrankedType;
import java.util.Collection;
import java.util.stream.Stream;

/// The symbols that types, attributes and nodes mention.
final class Symbols {
    private Symbols() {}

    /// All of some nodes: in the types of their results, in their attributes and in the graphs they run.
    static ImmutableSet<String> of(Collection<Node> nodes) {
        return nodes.stream().flatMap(Symbols::of).collect(ImmutableSet.toImmutableSet());
    }

    private static Stream<String> of(Node node) {
        Stream<String> types = node.types().stream().flatMap(Symbols::of);
        Stream<String> attributes = Operators.attributes(node.op()).values().stream().flatMap(Symbols::of);
        ImmutableList<Graph> graphs =
                node.op() instanceof Nested nested
                        ? nested.bodies().stream().map(body -> body.graph()).collect(ImmutableList.toImmutableList())
                        : ImmutableList.of();
        Stream<String> inner = graphs.stream().flatMap(graph -> of(graph.nodes()).stream());
        return Stream.of(types, attributes, inner).flatMap(all -> all);
    }

    private static Stream<String> of(Attribute attribute) {
        return switch (attribute) {
            case Attribute.Size(var size) -> size.symbols().stream();
            case Attribute.Typed(Type type) -> of(type);
            case Attribute.Items(var items) -> items.stream().flatMap(Symbols::of);
            case Attribute.Group(String name, var parts) -> parts.values().stream().flatMap(Symbols::of);
            default -> Stream.empty();
        };
    }

    private static Stream<String> of(Type type) {
        return switch (type) {
            case TensorType tensor -> tensor.shape().symbols().stream();
            case SequenceType(Type element) -> of(element);
            case OptionalType(Type element) -> of(element);
            case UnrankedType unranked -> Stream.empty();
            case AbsentType absent -> Stream.empty();
        };
    }
}
