package dev.skive.frontend.weights;

import com.google.common.primitives.ImmutableLongArray;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.type.ElementType;
import java.lang.foreign.MemorySegment;

/// Arrays as Fortran stores them, the first index running fastest.
final class Columns {
    private Columns() {}

    /// The array in row-major order.
    ///
    /// @param element a type of whole bytes
    static TensorData toRows(ElementType element, ImmutableLongArray sizes, MemorySegment columns) {
        long width = element.bytes(1);
        int rank = sizes.length();
        var strides = new long[rank];
        long stride = width;
        for (int axis = 0; axis < rank; axis++) {
            strides[axis] = stride;
            stride *= sizes.get(axis);
        }
        MemorySegment rows = TensorData.allocate(element, columns.byteSize() / width);
        var index = new long[rank];
        long from = 0;
        for (long to = 0; to < rows.byteSize(); to += width) {
            MemorySegment.copy(columns, from, rows, to, width);
            for (int axis = rank - 1; axis >= 0; axis--) {
                from += strides[axis];
                if (++index[axis] < sizes.get(axis)) {
                    break;
                }
                from -= strides[axis] * sizes.get(axis);
                index[axis] = 0;
            }
        }
        return TensorData.wrap(element, sizes.toArray(), rows);
    }
}
