package dev.skive.passes.weight;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Node;
import dev.skive.ir.op.Reshape;
import dev.skive.ir.op.Transpose;
import dev.skive.ir.type.ElementType;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Optional;

/// Moves the elements of constants without looking at them, so that any type of whole bytes will do.
public final class WeightMovement {
    private WeightMovement() {}

    /// True for the types whose elements take whole bytes.
    public static boolean moves(ElementType element) {
        return element != ElementType.STRING && element.bits() % Byte.SIZE == 0;
    }

    /// The result of a node that only moves the elements of a constant as a whole, if it is such a node.
    public static Optional<TensorData> moved(Node node) {
        return switch (node.op()) {
            case Reshape reshape when node.result().shape().isKnown() ->
                    node.operand(0).constant().map(data -> data.reshape(node.result().shape().known()));
            case Transpose(ImmutableList<Integer> perm) ->
                    node.operand(0).constant().filter(data -> moves(data.element())).map(data -> transpose(data, perm));
            default -> Optional.empty();
        };
    }

    /// The constant with its axes permuted: axis `i` of the result is axis `perm[i]`.
    public static TensorData transpose(TensorData data, ImmutableList<Integer> perm) {
        long[] from = data.sizes();
        long[] strides = strides(from);
        long[] sizes = perm.stream().mapToLong(axis -> from[axis]).toArray();
        long[] steps = perm.stream().mapToLong(axis -> strides[axis]).toArray();
        MemorySegment target = TensorData.allocate(data.element(), data.count());
        long width = data.element().bytes(1);
        long[] index = new long[sizes.length];
        long source = 0;
        for (long i = 0; i < data.count(); i++) {
            MemorySegment.copy(data.bytes(), source * width, target, i * width, width);
            source += advance(index, sizes, steps);
        }
        return TensorData.wrap(data.element(), sizes, target);
    }

    /// Moves to the next index in row-major order.
    ///
    /// @return by how much the position in the source changes
    private static long advance(long[] index, long[] sizes, long[] steps) {
        long moved = 0;
        for (int axis = sizes.length - 1; axis >= 0; axis--) {
            moved += steps[axis];
            if (++index[axis] < sizes[axis]) {
                return moved;
            }
            moved -= steps[axis] * sizes[axis];
            index[axis] = 0;
        }
        return moved;
    }

    /// Constants of equal sizes but for the last, side by side along the last axis.
    public static TensorData concatLast(ImmutableList<TensorData> parts) {
        TensorData first = parts.getFirst();
        long[] sizes = first.sizes();
        int last = sizes.length - 1;
        long rows = first.count() / Math.max(1, sizes[last]);
        sizes[last] = parts.stream().mapToLong(part -> part.sizes()[last]).sum();
        long width = first.element().bytes(1);
        MemorySegment target = TensorData.allocate(first.element(), Arrays.stream(sizes).reduce(1, (a, b) -> a * b));
        long at = 0;
        for (long row = 0; row < rows; row++) {
            for (TensorData part : parts) {
                long bytes = part.sizes()[last] * width;
                MemorySegment.copy(part.bytes(), row * bytes, target, at, bytes);
                at += bytes;
            }
        }
        return TensorData.wrap(first.element(), sizes, target);
    }

    private static long[] strides(long[] sizes) {
        var strides = new long[sizes.length];
        long stride = 1;
        for (int axis = sizes.length - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= sizes[axis];
        }
        return strides;
    }
}
