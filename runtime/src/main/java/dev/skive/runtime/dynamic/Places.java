package dev.skive.runtime.dynamic;

/// Places of elements in row-major order.
final class Places {
    private Places() {}

    /// Elements between neighbours along each axis.
    static int[] strides(long[] sizes) {
        var strides = new int[sizes.length];
        int stride = 1;
        for (int axis = sizes.length - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= (int) sizes[axis];
        }
        return strides;
    }

    /// For each element of a tensor of `sizes` the place that `strides` give it, from `first` on.
    static int[] of(long[] sizes, int[] strides, int first) {
        var places = new int[Math.toIntExact(java.util.Arrays.stream(sizes).reduce(1, Math::multiplyExact))];
        var position = new long[sizes.length];
        int place = first;
        for (int i = 0; i < places.length; i++) {
            places[i] = place;
            for (int axis = sizes.length - 1; axis >= 0; axis--) {
                place += strides[axis];
                if (++position[axis] < sizes[axis]) {
                    break;
                }
                place -= (int) (position[axis] * strides[axis]);
                position[axis] = 0;
            }
        }
        return places;
    }
}
