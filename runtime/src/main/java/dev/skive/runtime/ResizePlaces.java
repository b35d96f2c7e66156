package dev.skive.runtime;

/// Where the samples of a resized axis lie on the axis before. Every operation is rounded to float32, so that every engine
/// that does so finds the same nearest elements.
///
/// @param rule how places follow from the numbers of samples
/// @param size elements of the axis before
/// @param count elements after
/// @param scale distance of elements after over that before
/// @param start where the region starts, for `CROP`, as a part of the axis
/// @param end where it ends
public record ResizePlaces(Rule rule, int size, int count, float scale, float start, float end) {
    /// Places that are no farther from halfway are halfway: rounding put them beside it.
    private static final double HALFWAY = 1e-6;

    /// How places follow from the numbers of samples.
    public enum Rule {
        ASYMMETRIC,
        HALF_PIXEL,
        HALF_PIXEL_SYMMETRIC,
        PYTORCH_HALF_PIXEL,
        TF_HALF_PIXEL_FOR_NN,
        ALIGN_CORNERS,
        CROP
    }

    /// How a place becomes an index; places halfway belong to the lower or the higher one.
    public enum Rounding {
        FLOOR,
        CEILING,
        HALF_DOWN,
        HALF_UP
    }

    /// Checks that there are elements to take samples from.
    public ResizePlaces {
        if (size == 0 && count > 0) {
            throw new IllegalArgumentException(
                    "the inputs lead to an axis without elements that is resized to " + count);
        }
    }

    /// The place of a sample.
    public float place(int x) {
        if (scale == 1 && rule != Rule.CROP && size == count) {
            return x;
        }
        return switch (rule) {
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
        return count > 1
                ? start * (size - 1f) + x * (end - start) * (size - 1f) / (count - 1f)
                : (float) (0.5 * (start + end) * (size - 1f));
    }

    /// True when a sample lies outside the axis.
    public boolean isOutside(int x) {
        float place = place(x);
        return place < 0 || place > size - 1f;
    }

    /// The element nearest to a sample.
    public int nearest(int x, Rounding rounding) {
        float place = place(x);
        double index =
                switch (rounding) {
                    case FLOOR -> Math.floor(place);
                    case CEILING -> Math.ceil(place);
                    case HALF_DOWN -> Math.ceil(place - 0.5 - HALFWAY);
                    case HALF_UP -> Math.floor(place + 0.5 + HALFWAY);
                };
        return Math.clamp((long) index, 0, size - 1);
    }
}
