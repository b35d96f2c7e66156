package dev.skive.ir.eval;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Input;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.TensorType;
import java.util.HashMap;
import java.util.Map;

/// Finds the sizes that symbols stand for from the inputs of one run, checking the inputs on the way.
///
/// @param graph whose inputs they are
record SymbolBinding(Graph graph) {
    /// The values of all symbols in the input types.
    ///
    /// @throws SkiveException when an input is missing or does not fit its type
    Map<String, Long> bind(Map<String, Tensor> inputs) {
        var symbols = new HashMap<String, Long>();
        for (Value value : graph.inputs()) {
            var input = (Input) value.node().op();
            Tensor tensor = inputs.get(input.name());
            if (tensor == null) {
                throw new SkiveException(
                        ExitCode.USAGE,
                        "no value for input '%s' of type %s; given are %s"
                                .formatted(input.name(), input.type(), inputs.keySet()));
            }
            if (!(input.type() instanceof TensorType type) || !fits(tensor, type, symbols)) {
                throw new SkiveException(
                        ExitCode.USAGE,
                        "input '%s' must be %s, found %s".formatted(input.name(), input.type(), tensor.type()));
            }
        }
        return symbols;
    }

    private static boolean fits(Tensor tensor, TensorType type, Map<String, Long> symbols) {
        return tensor.element() == type.element() && match(type.shape(), tensor.sizes(), symbols);
    }

    /// Binds symbols that a node introduced, for sizes that depend on data.
    static void bindResults(Node node, ImmutableList<Tensor> results, Map<String, Long> symbols) {
        for (int i = 0; i < results.size(); i++) {
            if (node.types().get(i) instanceof TensorType type
                    && !match(type.shape(), results.get(i).sizes(), symbols)) {
                throw new SkiveException(
                        ExitCode.USAGE,
                        "the inputs lead to a result of type %s where %s was inferred; check that their sizes fit together"
                                .formatted(results.get(i).type(), type));
            }
        }
    }

    private static boolean match(Shape shape, long[] sizes, Map<String, Long> symbols) {
        if (shape.rank() != sizes.length) {
            return false;
        }
        for (int axis = 0; axis < sizes.length; axis++) {
            Dim dim = shape.dim(axis);
            long size = sizes[axis];
            dim.asSymbol().ifPresent(name -> symbols.putIfAbsent(name, size));
        }
        for (int axis = 0; axis < sizes.length; axis++) {
            Dim dim = shape.dim(axis);
            if (symbols.keySet().containsAll(dim.symbols()) && dim.evaluate(symbols) != sizes[axis]) {
                return false;
            }
        }
        return true;
    }
}
