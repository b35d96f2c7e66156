package dev.skive.ir.eval;

import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import java.util.Arrays;

/// Row-major index arithmetic over concrete sizes.
public final class Strides {
    private Strides() {}

    /// Elements between neighbours along each axis.
    public static int[] of(long[] sizes) {
        var strides = new int[sizes.length];
        int stride = 1;
        for (int axis = sizes.length - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride = Math.multiplyExact(stride, Math.toIntExact(sizes[axis]));
        }
        return strides;
    }

    /// Number of elements.
    public static int count(long[] sizes) {
        return Math.toIntExact(Arrays.stream(sizes).reduce(1, Math::multiplyExact));
    }

    /// For each element of a tensor of `sizes` in order, the offset that `strides` give it, from `start` on.
    public static int[] offsets(long[] sizes, int[] strides, int start) {
        var offsets = new int[count(sizes)];
        var position = new long[sizes.length];
        int offset = start;
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = offset;
            for (int axis = sizes.length - 1; axis >= 0; axis--) {
                offset += strides[axis];
                if (++position[axis] < sizes[axis]) {
                    break;
                }
                offset -= (int) (position[axis] * strides[axis]);
                position[axis] = 0;
            }
        }
        return offsets;
    }

    /// For each element of the broadcast result, the index of the operand's element.
    ///
    /// @throws SkiveException when the operand has a size that is neither 1 nor that of the result
    public static int[] broadcast(long[] operand, long[] result) {
        int[] own = of(operand);
        var strides = new int[result.length];
        int lead = result.length - operand.length;
        for (int axis = 0; axis < operand.length; axis++) {
            if (operand[axis] != 1 && operand[axis] != result[lead + axis]) {
                throw new SkiveException(
                        ExitCode.USAGE,
                        "sizes %s do not broadcast to %s".formatted(Arrays.toString(operand), Arrays.toString(result)));
            }
            strides[lead + axis] = operand[axis] == 1 ? 0 : own[axis];
        }
        return offsets(result, strides, 0);
    }
}
