package dev.skive.passes.norm;

import dev.skive.ir.data.Elements;
import dev.skive.ir.data.TensorData;
import java.lang.foreign.MemorySegment;

/// Takes means away from weights.
final class Centring {
    private Centring() {}

    /// The constant less its mean over an axis; means are taken in double precision.
    static TensorData along(TensorData data, int axis) {
        long[] sizes = data.sizes();
        long inner = 1;
        for (int i = axis + 1; i < sizes.length; i++) {
            inner *= sizes[i];
        }
        long count = sizes[axis];
        MemorySegment target = TensorData.allocate(data.element(), data.count());
        for (long start = 0; start < data.count(); start += count * inner) {
            for (long at = start; at < start + inner; at++) {
                centre(data, target, at, new Row(count, inner));
            }
        }
        return TensorData.wrap(data.element(), sizes, target);
    }

    /// The means of the constant over an axis, which stays with size 1.
    static TensorData mean(TensorData data, int axis) {
        long[] sizes = data.sizes();
        long inner = 1;
        for (int i = axis + 1; i < sizes.length; i++) {
            inner *= sizes[i];
        }
        long count = sizes[axis];
        sizes[axis] = 1;
        long means = data.count() / Math.max(1, count);
        MemorySegment target = TensorData.allocate(data.element(), means);
        for (long i = 0; i < means; i++) {
            double mean = mean(data, i / inner * count * inner + i % inner, new Row(count, inner));
            Elements.setDouble(data.element(), target, i, mean);
        }
        return TensorData.wrap(data.element(), sizes, target);
    }

    /// Elements of a row.
    ///
    /// @param count how many
    /// @param step from one to the next
    private record Row(long count, long step) {}

    private static void centre(TensorData data, MemorySegment target, long at, Row row) {
        double mean = mean(data, at, row);
        for (long i = 0; i < row.count(); i++) {
            long place = at + i * row.step();
            Elements.setDouble(data.element(), target, place, data.getDouble(place) - mean);
        }
    }

    private static double mean(TensorData data, long at, Row row) {
        double sum = 0;
        for (long i = 0; i < row.count(); i++) {
            sum += data.getDouble(at + i * row.step());
        }
        return sum / row.count();
    }
}
