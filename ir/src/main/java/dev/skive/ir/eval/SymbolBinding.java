package dev.skive.ir.eval;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Input;
import dev.skive.ir.type.AbsentType;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.OptionalType;
import dev.skive.ir.type.SequenceType;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.TensorType;
import dev.skive.ir.type.Type;
import dev.skive.ir.type.UnrankedType;
import java.util.HashMap;
import java.util.Map;

/// Finds the sizes that symbols stand for from the inputs of one run, checking the inputs on the way.
///
/// @param graph whose inputs they are
record SymbolBinding(Graph graph) {
    /// The values of all symbols in the input types.
    ///
    /// @throws SkiveException when an input is missing or does not fit its type
    Map<String, Long> bind(Map<String, ? extends Datum> inputs) {
        var symbols = new HashMap<String, Long>();
        for (Value value : graph.inputs()) {
            var input = (Input) value.node().op();
            Datum datum = inputs.get(input.name());
            if (datum == null) {
                throw new SkiveException(
                        ExitCode.USAGE,
                        "no value for input '%s' of type %s; given are %s"
                                .formatted(input.name(), input.type(), inputs.keySet()));
            }
            if (!fits(datum, input.type(), symbols)) {
                throw new SkiveException(
                        ExitCode.USAGE,
                        "input '%s' must be %s, found %s".formatted(input.name(), input.type(), datum.describe()));
            }
        }
        return symbols;
    }

    /// True when a value has a type; symbols that are open so far get the sizes it has.
    private static boolean fits(Datum datum, Type expected, Map<String, Long> symbols) {
        return switch (expected) {
            case TensorType(var element, var shape) ->
                    datum instanceof Tensor tensor
                            && tensor.element() == element
                            && match(shape, tensor.sizes(), symbols);
            case UnrankedType(var element) -> datum instanceof Tensor tensor && tensor.element() == element;
            // The members of a sequence may differ in size, so they say nothing about symbols.
            case SequenceType(var member) ->
                    datum instanceof TensorSequence(var tensors)
                            && tensors.stream().allMatch(tensor -> fits(tensor, member, new HashMap<>()));
            case OptionalType(var content) -> datum instanceof NoDatum || fits(datum, content, new HashMap<>());
            case AbsentType absent -> false;
        };
    }

    /// Binds symbols that a node introduced, for sizes that depend on data.
    static void bindResults(Node node, ImmutableList<? extends Datum> results, Map<String, Long> symbols) {
        for (int i = 0; i < results.size(); i++) {
            if (!fits(results.get(i), node.types().get(i), symbols)) {
                throw new SkiveException(
                        ExitCode.USAGE,
                        "the inputs lead to %s where %s was inferred; check that their sizes fit together"
                                .formatted(results.get(i).describe(), node.types().get(i)));
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
