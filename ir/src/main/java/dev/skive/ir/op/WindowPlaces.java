package dev.skive.ir.op;

import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.eval.Strides;
import java.util.Arrays;

/// Where the elements of windows lie, for concrete sizes. Planes are the spatial axes of one channel, row-major.
final class WindowPlaces {
    private final long[] plane;
    private final long[] positions;
    private final long[] kernel;
    private final Window window;
    private final long[] before;

    /// Windows over planes of sizes `plane`, at `positions` per axis.
    WindowPlaces(Evaluation evaluation, Window window, long[] plane, long[] positions, long[] kernel) {
        this.plane = plane;
        this.positions = positions;
        this.kernel = kernel;
        this.window = window;
        this.before = window.before().stream().mapToLong(evaluation::size).toArray();
    }

    /// The spatial sizes of a tensor of sizes `[n, c, ...]`.
    static long[] spatial(long[] sizes) {
        return Arrays.copyOfRange(sizes, 2, sizes.length);
    }

    /// Number of positions.
    int count() {
        return Strides.count(positions);
    }

    /// Number of elements of a window.
    int taps() {
        return Strides.count(kernel);
    }

    /// The first element of the window at a position, along an axis; in the padding when negative.
    long start(int position, int axis) {
        return index(position, positions, axis) * window.strides().get(axis) - before[axis];
    }

    /// The place in a plane of each element of the window at a position; -1 where there is none.
    int[] at(int position) {
        var places = new int[taps()];
        for (int tap = 0; tap < places.length; tap++) {
            for (int axis = 0; axis < plane.length && places[tap] >= 0; axis++) {
                long at = start(position, axis) + index(tap, kernel, axis) * window.dilations().get(axis);
                places[tap] = at < 0 || at >= plane[axis] ? -1 : (int) (places[tap] * plane[axis] + at);
            }
        }
        return places;
    }

    /// The index along an axis of an element of a row-major tensor.
    static long index(int place, long[] sizes, int axis) {
        long rest = place;
        for (int i = sizes.length - 1; i > axis; i--) {
            rest /= sizes[i];
        }
        return rest % sizes[axis];
    }

    /// Where the elements of one window lie in a plane; -1 where there is none.
    static final class Taps {
        private final int[] at;

        private Taps(int[] at) {
            this.at = at;
        }

        /// The sum of the products with weights from `from` on, in a plane that starts at `start`.
        double product(double[] plane, int start, double[] weights, int from) {
            double sum = 0;
            for (int tap = 0; tap < at.length; tap++) {
                sum += at[tap] < 0 ? 0 : plane[start + at[tap]] * weights[from + tap];
            }
            return sum;
        }

        /// Adds a multiple of the weights from `from` on to a plane that starts at `start`.
        void add(double[] plane, int start, double factor, double[] weights, int from) {
            for (int tap = 0; tap < at.length; tap++) {
                if (at[tap] >= 0) {
                    plane[start + at[tap]] += factor * weights[from + tap];
                }
            }
        }
    }

    /// The elements of the window at a position.
    Taps taps(int position) {
        return new Taps(at(position));
    }
}
