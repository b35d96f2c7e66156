package dev.skive.verify.calibration;

import com.google.common.collect.ImmutableMap;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.TensorType;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.LongStream;

/// The inputs of a language model for one sequence without padding, told by their names: a mask is ones, token types are
/// zeros, positions count from 0, and the one input that is left takes the ids.
///
/// @param inputs of the model
/// @param ids the name of the input that takes the ids
public record TokenInputs(ModelInputs inputs, String ids) {
    /// What an input is.
    private enum Kind {
        MASK,
        TYPES,
        POSITIONS,
        IDS
    }

    /// The inputs of a model.
    ///
    /// @throws SkiveException when it is not one input that is left for the ids
    public static TokenInputs of(ModelInputs inputs) {
        List<String> left =
                inputs.types().entrySet().stream()
                        .filter(input -> kind(input.getKey()) == Kind.IDS)
                        .map(Map.Entry::getKey)
                        .toList();
        if (left.size() != 1 || !isSequence(inputs, left)) {
            throw new SkiveException(
                    ExitCode.USAGE,
                    "text needs a model with one input for token ids, integers of rank 2, beside masks, types and positions; found "
                            + inputs.types());
        }
        return new TokenInputs(inputs, left.getFirst());
    }

    private static boolean isSequence(ModelInputs inputs, List<String> names) {
        return inputs.types().entrySet().stream()
                .filter(input -> names.contains(input.getKey()))
                .map(Map.Entry::getValue)
                .allMatch(type -> type.element().isInteger() && type.shape().rank() == 2);
    }

    private static Kind kind(String name) {
        String small = name.toLowerCase(Locale.ROOT);
        if (small.contains("mask")) {
            return Kind.MASK;
        }
        if (small.contains("type") || small.contains("segment")) {
            return Kind.TYPES;
        }
        return small.contains("position") ? Kind.POSITIONS : Kind.IDS;
    }

    /// The inputs for a sequence of ids.
    public ImmutableMap<String, Tensor> of(long[] sequence) {
        var sample = ImmutableMap.<String, Tensor>builder();
        inputs.types().forEach((name, type) -> sample.put(name, tensor(type, values(kind(name), sequence))));
        return sample.buildOrThrow();
    }

    private static long[] values(Kind kind, long[] sequence) {
        return switch (kind) {
            case MASK -> LongStream.generate(() -> 1).limit(sequence.length).toArray();
            case TYPES -> new long[sequence.length];
            case POSITIONS -> LongStream.range(0, sequence.length).toArray();
            case IDS -> sequence;
        };
    }

    private static Tensor tensor(TensorType type, long[] values) {
        ElementType element = type.element();
        return element.isReal()
                ? Tensor.ofReals(element, Arrays.stream(values).asDoubleStream().toArray(), 1, values.length)
                : Tensor.ofIntegers(element, values, 1, values.length);
    }
}
