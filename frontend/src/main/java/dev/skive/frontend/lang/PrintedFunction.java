package dev.skive.frontend.lang;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Sets;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Value;
import dev.skive.ir.layer.EqualLayers;
import dev.skive.ir.op.Dynamic;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.TensorType;
import dev.skive.ir.type.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What equal layers are as a function: its name, and the sizes that it must be given, because no type of a parameter
/// binds them.
///
/// @param equal the layers
/// @param name its name
/// @param sizes its first parameters
record PrintedFunction(EqualLayers equal, String name, ImmutableList<String> sizes) {
    static PrintedFunction of(EqualLayers equal, String name) {
        Set<String> bound =
                types(equal)
                        .flatMap(type -> type.shape().dims().stream())
                        .flatMap(dim -> dim.asSymbol().stream())
                        .collect(Collectors.toSet());
        ImmutableList<String> sizes =
                Symbols.of(equal.layers().getFirst()).stream()
                        .filter(symbol -> NameText.isName(symbol) && !bound.contains(symbol))
                        .sorted()
                        .collect(ImmutableList.toImmutableList());
        return new PrintedFunction(equal, name, sizes);
    }

    private static Stream<TensorType> types(EqualLayers equal) {
        return equal.slots().stream()
                .map(slot -> slot.getFirst().type())
                .filter(TensorType.class::isInstance)
                .map(TensorType.class::cast);
    }

    /// False when a layer gives a size its name: each call would give it another.
    static boolean canBe(EqualLayers equal) {
        return equal.layers().getFirst().stream().noneMatch(PrintedFunction::namesSizes);
    }

    private static boolean namesSizes(Node node) {
        var known = new HashSet<String>();
        node.operands().forEach(operand -> known.addAll(operand.node().symbols()));
        return node.op() instanceof Dynamic && !known.containsAll(node.symbols());
    }

    /// The parameters as they are written.
    ///
    /// @param names of those that stand for values
    List<String> parameters(ValueNames names) {
        var parameters = new ArrayList<String>();
        sizes.forEach(size -> parameters.add(size + ": int"));
        var known = new HashSet<>(sizes);
        for (ImmutableList<Value> slot : equal.slots()) {
            Type type = slot.getFirst().type();
            String name = names.of(slot.getFirst()).orElseThrow();
            parameters.add(binds(type, known) ? name + ": " + TypeText.print(type) : name);
        }
        return parameters;
    }

    /// Whether a type can be written: its sizes are numbers, names, and expressions over names that are bound before.
    private static boolean binds(Type type, Set<String> known) {
        if (!(type instanceof TensorType tensor)) {
            return false;
        }
        var bound = new HashSet<>(known);
        for (Dim dim : tensor.shape().dims()) {
            dim.asSymbol().filter(NameText::isName).ifPresent(bound::add);
            if (!bound.containsAll(Sets.filter(dim.symbols(), NameText::isName))) {
                return false;
            }
        }
        known.addAll(bound);
        return true;
    }
}
