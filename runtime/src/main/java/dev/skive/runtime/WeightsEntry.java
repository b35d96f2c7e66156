package dev.skive.runtime;

/// One constant in a weights file.
///
/// @param index its number, from 0 in file order
/// @param name what the compiler calls it; only for people
/// @param kind what the elements are
/// @param layout how they lie in the file
/// @param rows for a matrix `[k, n]`: k; 1 for a vector
/// @param columns for a matrix `[k, n]`: n; the number of elements for a vector
/// @param offset position of the first byte in the file, a multiple of 64
/// @param bytes how many bytes it takes, padding inside its layout included
public record WeightsEntry(
        int index, String name, ElementKind kind, Layout layout, long rows, long columns, long offset, long bytes) {
    /// How the elements of an entry lie in the file.
    public enum Layout {
        /// Row-major, without gaps; 4- and 2-bit kinds packed, the first element in the low bits.
        RAW(0),
        /// A matrix of 32-bit floats, or of 8-bit integers for them, cut into panels of neighbouring columns, see [Weights].
        PANELS(1);

        private final int code;

        Layout(int code) {
            this.code = code;
        }

        /// How a file names this layout.
        int code() {
            return code;
        }

        /// The layout that a file names so.
        ///
        /// @throws IllegalArgumentException when there is none
        static Layout of(int code) {
            return switch (code) {
                case 0 -> RAW;
                case 1 -> PANELS;
                default -> throw new IllegalArgumentException("unknown layout " + code);
            };
        }
    }

    /// True for a matrix of 32-bit floats that are stored as 8-bit integers.
    boolean isNarrow() {
        return layout == Layout.PANELS && kind == ElementKind.I8;
    }

    /// This entry with the elements it stands for: floats instead of 8-bit integers in panels.
    WeightsEntry widened() {
        return isNarrow() ? new WeightsEntry(index, name, ElementKind.F32, layout, rows, columns, offset, bytes) : this;
    }

    /// This entry at another place.
    WeightsEntry at(int newIndex, long newOffset, long newBytes) {
        return new WeightsEntry(newIndex, name, kind, layout, rows, columns, newOffset, newBytes);
    }

    /// Bytes that such an entry takes.
    ///
    /// @throws ArithmeticException when that is more than a `long` holds
    long size(int panelColumns) {
        return switch (layout) {
            case RAW -> kind.bytes(Math.multiplyExact(rows, columns));
            case PANELS -> {
                long padded = Math.multiplyExact(Math.ceilDiv(columns, (long) panelColumns), (long) panelColumns);
                yield kind.bytes(Math.multiplyExact(rows, padded));
            }
        };
    }
}
