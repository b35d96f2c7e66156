package dev.skive.ir.op;

import java.util.Arrays;

/// Where the samples of a resized axis lie. Every operation is rounded to float32, as ONNX Runtime does.
///
/// @param coordinates the rule
/// @param axis the axis
/// @param size its size
/// @param count its new size
/// @param scale the scale
record ResizePlaces(Resize.Coordinates coordinates, Resize.Axis axis, int size, int count, float scale) {
    static ResizePlaces of(Resize.Coordinates coordinates, Resize.Axis axis, int size, int count) {
        float scale = axis.scale() == 0 ? (float) count / (float) size : (float) axis.scale();
        return new ResizePlaces(coordinates, axis, size, count, scale);
    }

    /// The sizes of a tensor with this axis resized.
    long[] resized(long[] sizes) {
        long[] resized = sizes.clone();
        resized[axis.axis()] = count;
        return resized;
    }

    /// Elements between neighbours along the axis.
    int inner(long[] sizes) {
        long product = Arrays.stream(sizes).skip(axis.axis() + 1L).reduce(1, Math::multiplyExact);
        return Math.toIntExact(product);
    }

    /// The place of a sample.
    float original(int x) {
        if (scale == 1 && coordinates != Resize.Coordinates.CROP && size == count) {
            return x;
        }
        return switch (coordinates) {
            case ASYMMETRIC -> x / scale;
            case HALF_PIXEL -> (x + 0.5f) / scale - 0.5f;
            case HALF_PIXEL_SYMMETRIC -> symmetric(x);
            case PYTORCH_HALF_PIXEL -> count > 1 ? (x + 0.5f) / scale - 0.5f : 0;
            case TF_HALF_PIXEL_FOR_NN -> (x + 0.5f) / scale;
            case ALIGN_CORNERS -> count == 1 ? 0 : x * (size - 1f) / (count - 1f);
            case CROP -> cropped(x);
        };
    }

    private float symmetric(int x) {
        float adjustment = count / (scale * size);
        float offset = size / 2f * (1 - adjustment);
        return (float) (offset + (x + 0.5) / scale - 0.5);
    }

    private float cropped(int x) {
        float start = (float) axis.start();
        float end = (float) axis.end();
        return count > 1
                ? start * (size - 1f) + x * (end - start) * (size - 1f) / (count - 1f)
                : (float) (0.5 * (start + end) * (size - 1f));
    }

    /// True when a sample lies outside the axis.
    boolean isOutside(int x) {
        float place = original(x);
        return place < 0 || place > size - 1f;
    }
}
