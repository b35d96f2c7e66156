package dev.skive.codegen.plan;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.op.Window;
import dev.skive.ir.type.Dim;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/// Positions of a transposed convolution along one axis that are the same modulo the stride `s`. With padding counted in,
/// they are `s * q + remainder`; elements `remainder + s * t` of the kernel contribute to them, times element `q - t` of
/// the operand. Turned round, that is a convolution: `taps` elements over an operand with `before` and `after` zeros.
///
/// @param remainder what is left of the positions, padding counted in
/// @param stride the stride
/// @param start the first of these positions in the result, padding not counted
/// @param taps how many elements of the kernel contribute
/// @param before zeros before the operand, negative where its first elements are not met
/// @param after zeros behind the operand, negative where its last elements are not met
record Phase(long remainder, long stride, long start, long taps, long before, long after) {
    private static Phase of(Window window, int axis, long kernel, long remainder) {
        long stride = window.strides().get(axis);
        long dilation = window.dilations().get(axis);
        long padding = window.before().get(axis).known();
        long extent = (kernel - 1) * dilation + 1;
        long first = Math.ceilDiv(padding - remainder, stride);
        long taps = Math.max(0, Math.ceilDiv(kernel - remainder, stride));
        long after = Math.floorDiv(extent - window.after().get(axis).known() - 1 - remainder, stride);
        return new Phase(
                remainder, stride, first * stride + remainder - padding, taps, (taps - 1) * dilation - first, after);
    }

    /// The phases of an axis, those that look at the same elements of the operand together.
    ///
    /// @param kernel elements of the kernel along the axis
    static List<ImmutableList<Phase>> alike(Window window, int axis, long kernel) {
        Map<List<Long>, ImmutableList.Builder<Phase>> alike = new LinkedHashMap<>();
        LongStream.range(0, window.strides().get(axis))
                .mapToObj(remainder -> of(window, axis, kernel, remainder))
                .forEach(phase ->
                        alike.computeIfAbsent(
                                        List.of(phase.taps, phase.before, phase.after), key -> ImmutableList.builder())
                                .add(phase));
        return alike.values().stream().map(ImmutableList.Builder::build).toList();
    }

    /// How many positions there are over an operand of some size.
    Dim positions(Dim size, long dilation) {
        return size.plus(before + after - (taps - 1) * dilation);
    }

    /// The element of the kernel that meets the first element of a window.
    long firstTap() {
        return remainder + (taps - 1) * stride;
    }
}
