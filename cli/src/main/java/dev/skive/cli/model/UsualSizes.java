package dev.skive.cli.model;

import com.google.common.collect.ImmutableMap;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.type.TensorType;
import java.util.LinkedHashMap;
import java.util.Map;

/// Sizes for the symbols of a model nobody gave sizes for: a batch of one, of what its inputs look like.
public final class UsualSizes {
    private static final long PICTURE = 320;
    private static final long FRAMES = 1000;
    private static final long TOKENS = 128;
    private static final long SAMPLES = 512;

    private UsualSizes() {}

    /// A size for every symbol of a model's inputs.
    ///
    /// @param given sizes that a user gave, for the symbols they name
    public static SymbolSizes of(Graph graph, SymbolSizes given) {
        Map<String, Long> sizes = new LinkedHashMap<>();
        graph.inputs().stream()
                .filter(input -> input.type() instanceof TensorType)
                .map(input -> (TensorType) input.type())
                .forEach(type -> {
                    for (int axis = 0; axis < type.shape().rank(); axis++) {
                        long usual = usual(type, axis);
                        type.shape()
                                .dim(axis)
                                .asSymbol()
                                .ifPresent(
                                        symbol -> sizes.putIfAbsent(symbol, given.sizes().getOrDefault(symbol, usual)));
                    }
                });
        return new SymbolSizes(ImmutableMap.copyOf(sizes));
    }

    private static long usual(TensorType type, int axis) {
        int rank = type.shape().rank();
        if (axis == 0 || (axis == 1 && rank > 2)) {
            return 1;
        }
        if (rank > 2) {
            return rank == 3 ? FRAMES : PICTURE;
        }
        return type.element().isReal() ? SAMPLES : TOKENS;
    }
}
