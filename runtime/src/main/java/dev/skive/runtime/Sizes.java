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
}
