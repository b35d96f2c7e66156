package dev.skive.ir.op;

/// Which elements around a place count how much for the sample there.
public sealed interface ResizeFilter {
    /// Places that are no farther from halfway are halfway: rounding put them beside it. ONNX Runtime has the same number.
    double HALFWAY = 1e-6;

    /// True when elements are spread as far as samples are apart, where these are fewer.
    default boolean isAntialiased() {
        return false;
    }

    /// The one element nearest to the place.
    ///
    /// @param rounding which one that is
    record Nearest(Rounding rounding) implements ResizeFilter {
        /// The index of the element for a place on an axis.
        int index(float place, int size) {
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

    /// How a place becomes an index. Places halfway are between two elements or before the first one, where the
    /// direction does not matter.
    enum Rounding {
        FLOOR,
        CEILING,
        HALF_DOWN,
        HALF_UP
    }

    /// The elements on both sides, by distance.
    ///
    /// @param excludeOutside with antialiasing, whether places outside the operand count nothing
    /// @param isAntialiased whether elements are spread
    record Linear(boolean excludeOutside, boolean isAntialiased) implements ResizeFilter {}

    /// Two elements on both sides by cubic convolution. Elements outside are those at the border.
    ///
    /// @param coefficient the slope at distance 1, `a` in Keys' formula
    /// @param excludeOutside whether elements outside count nothing and the others so much more
    /// @param isAntialiased whether elements are spread
    record Cubic(double coefficient, boolean excludeOutside, boolean isAntialiased) implements ResizeFilter {}
}
