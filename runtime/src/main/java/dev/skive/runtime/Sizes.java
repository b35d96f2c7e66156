package dev.skive.runtime;

/// Checks of sizes and indices that generated code makes while it runs.
public final class Sizes {
    private Sizes() {}

    /// The size two axes broadcast to.
    ///
    /// @throws IllegalArgumentException when they differ and neither is 1
    public static int broadcast(int a, int b) {
        if (a != b && a != 1 && b != 1) {
            throw new IllegalArgumentException(
                    "the inputs lead to axes of sizes %d and %d that must be equal, or one of them 1".formatted(a, b));
        }
        return a == 1 ? b : a;
    }

    /// Checks that two sizes which follow from the inputs are equal.
    ///
    /// @param rule what must hold, in the names of the model
    /// @throws IllegalArgumentException when they differ
    public static void requireEqual(int a, int b, String rule) {
        if (a != b) {
            throw new IllegalArgumentException(
                    "the sizes of the inputs do not fit the model: it needs %s, found %d and %d".formatted(rule, a, b));
        }
    }

    /// An index counted from the front.
    ///
    /// @throws IndexOutOfBoundsException when it is outside `[-size, size)`
    public static int index(long index, int size) {
        if (index < -size || index >= size) {
            throw new IndexOutOfBoundsException("index %d is outside [-%d, %d)".formatted(index, size, size));
        }
        return (int) (index < 0 ? index + size : index);
    }

    /// Checks that an axis has elements to choose from.
    ///
    /// @throws IllegalArgumentException when it has none
    public static void requireElements(int size) {
        if (size == 0) {
            throw new IllegalArgumentException("the inputs lead to an axis without elements where one is chosen");
        }
    }

    /// Checks that indices do not reach beyond the data.
    ///
    /// @throws IllegalArgumentException when they do
    public static void requireWithin(int asked, int there) {
        if (asked > there) {
            throw new IllegalArgumentException(
                    "the inputs lead to %d indices for an axis of size %d".formatted(asked, there));
        }
    }

    /// The length of a sequence.
    ///
    /// @throws IllegalArgumentException when it is outside `[0, steps]`
    public static int length(long length, int steps) {
        if (length < 0 || length > steps) {
            throw new IllegalArgumentException(
                    "the length %d of a sequence is outside [0, %d]".formatted(length, steps));
        }
        return (int) length;
    }

    /// The place nearest to an index that may be outside.
    public static int edge(int index, int size) {
        requireElements(size);
        return Math.clamp(index, 0, size - 1);
    }

    /// The place that an index stands for when the elements are mirrored at both ends again and again.
    public static int reflect(int index, int size) {
        requireElements(size);
        int within = size == 1 ? 0 : Math.floorMod(index, 2 * size - 2);
        return within < size ? within : 2 * size - 2 - within;
    }

    /// The place that an index stands for when the elements go on from the start.
    public static int wrap(int index, int size) {
        requireElements(size);
        return Math.floorMod(index, size);
    }

    /// How many elements of a window lie in `[from, to)`.
    ///
    /// @param start place of the first element
    /// @param count elements of the window
    /// @param step from one to the next
    public static int within(int start, int count, int step, int from, int to) {
        int first = Math.max(0, Math.ceilDiv(from - start, step));
        int end = Math.min(count, Math.ceilDiv(to - start, step));
        return Math.max(0, end - first);
    }
}
