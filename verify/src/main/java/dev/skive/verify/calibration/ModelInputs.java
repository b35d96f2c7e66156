package dev.skive.verify.calibration;

import com.google.common.collect.ImmutableMap;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Input;
import dev.skive.ir.type.TensorType;
import java.util.Map;
import java.util.Set;

/// The inputs of a model as data files have them.
///
/// @param types of the inputs, by name in order
public record ModelInputs(ImmutableMap<String, TensorType> types) {
    /// The inputs of a graph.
    ///
    /// @throws SkiveException when one is no tensor
    public static ModelInputs of(Graph graph) {
        return new ModelInputs(
                graph.inputs().stream().collect(ImmutableMap.toImmutableMap(ModelInputs::name, ModelInputs::type)));
    }

    private static String name(Value input) {
        return ((Input) input.node().op()).name();
    }

    private static TensorType type(Value input) {
        if (input.type() instanceof TensorType type) {
            return type;
        }
        throw new SkiveException(
                ExitCode.USAGE,
                "input '%s' is %s; only models that take tensors can be given data"
                        .formatted(name(input), input.type()));
    }

    /// @throws SkiveException when these are not the names of the inputs
    void requireNames(Set<String> names, String where) {
        if (!names.equals(types.keySet())) {
            throw new SkiveException(
                    ExitCode.USAGE,
                    "%s has arrays for %s, the inputs of the model are %s".formatted(where, names, types.keySet()));
        }
    }

    /// The inputs of one run from arrays with their names.
    ///
    /// @throws SkiveException when names, types or ranks differ from those of the inputs
    ImmutableMap<String, Tensor> sample(Map<String, TensorData> arrays, String where) {
        requireNames(arrays.keySet(), where);
        var sample = ImmutableMap.<String, Tensor>builder();
        arrays.forEach((name, array) -> sample.put(name, input(name, array, where)));
        return sample.buildOrThrow();
    }

    /// An array as an input; one that lacks a first axis of one, because that counted samples, gets it.
    Tensor input(String name, TensorData array, String where) {
        TensorType type = java.util.Objects.requireNonNull(types.get(name));
        int missing = type.shape().rank() - array.rank();
        if (!array.element().equals(type.element()) || missing < 0 || missing > 1) {
            throw new SkiveException(
                    ExitCode.USAGE,
                    "%s: input '%s' is %s, a sample of it is %s".formatted(where, name, type, array.type()));
        }
        return Tensor.of(missing == 0 ? array : array.reshape(batchOfOne(array.sizes())));
    }

    private static long[] batchOfOne(long[] sizes) {
        return com.google.common.primitives.Longs.concat(new long[] {1}, sizes);
    }
}
