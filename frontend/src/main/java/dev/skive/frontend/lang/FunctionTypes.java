package dev.skive.frontend.lang;

import com.google.common.collect.ImmutableSet;
import dev.skive.ir.graph.Value;
import dev.skive.ir.layer.EqualLayers;
import dev.skive.ir.type.TensorType;
import dev.skive.ir.type.Type;

/// Which types the parameters of a function say. They bind the names of sizes that the function may mention.
final class FunctionTypes {
    private FunctionTypes() {}

    /// True when each size is a number or a name.
    static boolean isPlain(Type type) {
        return type instanceof TensorType tensor
                && tensor.shape().dims().stream()
                        .allMatch(dim -> dim.isKnown() || dim.asSymbol().filter(NameText::isName).isPresent());
    }

    /// True when a function that all these layers are calls of knows every size that it mentions.
    static boolean canBeFunction(EqualLayers equal) {
        ImmutableSet<String> bound =
                equal.slots().stream()
                        .map(slot -> slot.getFirst().type())
                        .filter(FunctionTypes::isPlain)
                        .flatMap(type -> ((TensorType) type).shape().symbols().stream())
                        .collect(ImmutableSet.toImmutableSet());
        boolean hasOneType =
                equal.slots().stream().allMatch(slot -> slot.stream().map(Value::type).distinct().count() == 1);
        return hasOneType && bound.containsAll(Symbols.of(equal.layers().getFirst()));
    }
}
