package dev.skive.frontend.onnx;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import dev.skive.frontend.onnx.proto.TensorShapeProto;
import dev.skive.frontend.onnx.proto.ValueInfoProto;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Finds symbols that an exporter gave to the first axis and to later ones by mistake, as `[batch, batch]` for
/// `[batch, sequence]`. Such a model could only run with square inputs. A symbol is suspect when it names the first axis
/// and a later one of the same input, and never a later axis alone, as the `n` of a mask `[n, n]` beside `[batch, n]` does.
final class SharedSymbols {
    private SharedSymbols() {}

    /// True for the name of a size. Exporters write `?` for sizes they do not know, which makes no two of them equal.
    static boolean isName(String symbol) {
        return !symbol.isBlank() && !symbol.equals("?");
    }

    /// The suspect symbols of a graph's inputs.
    static ImmutableSet<String> find(List<ValueInfoProto> inputs) {
        Set<String> twice = new HashSet<>();
        Set<String> laterAlone = new HashSet<>();
        for (ValueInfoProto input : inputs) {
            TensorShapeProto shape = input.getType().getTensorType().getShape();
            for (int axis = 1; axis < shape.getDimCount(); axis++) {
                String symbol = shape.getDim(axis).getDimParam();
                boolean isFirst = symbol.equals(shape.getDim(0).getDimParam());
                (isFirst ? twice : laterAlone).add(symbol);
            }
        }
        twice.removeIf(symbol -> !isName(symbol));
        return Sets.difference(twice, laterAlone).immutableCopy();
    }
}
