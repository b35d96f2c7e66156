package dev.skive.runtime;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Checks what a caller gives a model; messages name the input, what was expected and what came.
public final class Inputs {
    private Inputs() {}

    /// Checks element type and number of axes.
    ///
    /// @throws IllegalArgumentException when they are others
    public static void require(TensorInfo expected, Tensor found) {
        if (found.kind() != expected.kind()) {
            throw wrong(expected, "found elements of type " + found.kind().text());
        }
        if (found.rank() != expected.dims().size()) {
            throw wrong(expected, "found %d axes: %s".formatted(found.rank(), shape(found)));
        }
    }

    /// The size of an axis.
    ///
    /// @throws IllegalArgumentException when it is too large for one run
    public static int size(TensorInfo expected, Tensor found, int axis) {
        long size = found.size(axis);
        if (size > Integer.MAX_VALUE) {
            throw wrong(expected, "found size %d on axis %d".formatted(size, axis));
        }
        return (int) size;
    }

    /// Checks the size of an axis.
    ///
    /// @throws IllegalArgumentException when it is another
    public static void requireSize(TensorInfo expected, Tensor found, int axis, int size) {
        if (found.size(axis) != size) {
            throw wrong(
                    expected,
                    "with %s = %d on axis %d, found %s".formatted(expected.dims().get(axis), size, axis, shape(found)));
        }
    }

    /// Checks that every element indexes a table of `rows` rows.
    ///
    /// @throws IllegalArgumentException when one does not
    public static void requireIndex(TensorInfo expected, long[] values, int from, int count, long rows) {
        for (int i = 0; i < count; i++) {
            long value = values[from + i];
            if (value < -rows || value >= rows) {
                throw wrong(
                        expected,
                        "elements must be at least 0 and below %d, found %d at position %d".formatted(rows, value, i));
            }
        }
    }

    /// Checks that every element indexes a table of `rows` rows.
    ///
    /// @throws IllegalArgumentException when one does not
    public static void requireIndex(TensorInfo expected, int[] values, int from, int count, long rows) {
        for (int i = 0; i < count; i++) {
            int value = values[from + i];
            if (value < -rows || value >= rows) {
                throw wrong(
                        expected,
                        "elements must be at least 0 and below %d, found %d at position %d".formatted(rows, value, i));
            }
        }
    }

    /// The value for an input.
    ///
    /// @throws IllegalArgumentException when there is none, or it is of another type
    public static <T extends Tensor> T get(Map<String, Tensor> given, TensorInfo expected, Class<T> type) {
        Tensor found = given.get(expected.name());
        if (found == null) {
            throw wrong(expected, "found no such input among " + given.keySet());
        }
        if (!type.isInstance(found)) {
            throw wrong(expected, "found elements of type " + found.kind().text());
        }
        return type.cast(found);
    }

    /// The value of any form for an input.
    ///
    /// @throws IllegalArgumentException when there is none, or it is of another form, kind or rank
    public static Value get(Map<String, ? extends Value> given, TensorInfo expected) {
        Value found = given.get(expected.name());
        if (found == null) {
            throw wrong(expected, "found no such input among " + given.keySet());
        }
        if (!expected.accepts(found)) {
            throw wrong(expected, "found " + describe(found));
        }
        return found;
    }

    private static String describe(Value value) {
        return switch (value) {
            case Tensor tensor -> tensor.kind().text() + shape(tensor);
            case TensorSequence(var tensors) -> "a sequence of " + tensors.stream().map(Inputs::describe).toList();
            case Missing missing -> "nothing";
        };
    }

    /// Values that must all be tensors.
    ///
    /// @throws IllegalArgumentException when one is not
    public static Map<String, Tensor> tensors(Map<String, ? extends Value> values) {
        var tensors = new LinkedHashMap<String, Tensor>();
        values.forEach((name, value) -> {
            if (!(value instanceof Tensor tensor)) {
                throw new IllegalArgumentException(
                        "'%s' is not a tensor but %s; call evaluate for such models".formatted(name, describe(value)));
            }
            tensors.put(name, tensor);
        });
        return tensors;
    }

    /// Checks that nothing is given that the model does not know.
    ///
    /// @throws IllegalArgumentException when something is
    public static void requireKnown(Map<String, ? extends Value> given, List<TensorInfo> expected) {
        for (String name : given.keySet()) {
            if (expected.stream().noneMatch(info -> info.name().equals(name))) {
                throw new IllegalArgumentException(
                        "the model has no input '%s'; it takes %s".formatted(name, expected));
            }
        }
    }

    private static String shape(Tensor tensor) {
        return java.util.Arrays.toString(tensor.shape());
    }

    private static IllegalArgumentException wrong(TensorInfo expected, String found) {
        return new IllegalArgumentException(
                "input '%s': expected %s, %s".formatted(expected.name(), expected.type(), found));
    }
}
