package dev.skive.codegen.plan;

import dev.skive.ir.op.Resize;
import dev.skive.ir.op.ResizeFilter;
import dev.skive.ir.type.Dim;

/// One axis that is resized, and how.
///
/// @param coordinates where samples lie
/// @param filter which elements count
/// @param axis the axis
/// @param size its size before
public record ResizedAxis(Resize.Coordinates coordinates, ResizeFilter filter, Resize.Axis axis, Dim size) {
    /// Its size after.
    public Dim count() {
        return axis.size();
    }

    /// How many elements may count for one sample; where sizes are open, so is how far a filter reaches.
    public Dim taps() {
        return switch (filter) {
            case ResizeFilter.Nearest nearest -> Dim.ONE;
            case ResizeFilter.Linear(_, boolean spread) -> spread ? spread(1) : Dim.of(2);
            case ResizeFilter.Cubic(_, _, boolean spread) -> spread ? spread(2) : Dim.of(4);
        };
    }

    private Dim spread(int reach) {
        if (axis.scale() != 0) {
            return Dim.of(2 * (long) Math.ceil(reach * Math.max(1, 1 / (double) (float) axis.scale())) + 1);
        }
        Dim least = Dim.of(reach);
        // A sample more on each side is left for the rounding of the scale.
        Dim open = size.times(reach).floorDivide(count().max(Dim.ONE)).plus(1);
        return least.max(open).times(2).plus(3);
    }
}
