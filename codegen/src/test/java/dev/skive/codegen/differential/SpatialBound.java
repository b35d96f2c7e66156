package dev.skive.codegen.differential;

import dev.skive.ir.eval.Tensor;
import dev.skive.ir.op.GridSample;
import dev.skive.ir.op.MaxRoiPool;
import dev.skive.ir.op.Resize;
import dev.skive.ir.op.ResizeFilter;
import dev.skive.ir.op.RoiAlign;
import dev.skive.ir.op.Spatial;
import java.util.Arrays;

/// How far sums on grids may be from the exact ones: by as much as the operand, and by a rounding per term of terms as
/// large as the largest element times the sum of the weights' magnitudes.
///
/// @param node the node
record SpatialBound(ErrorBound node) {
    Tensor of(Spatial op) {
        return switch (op) {
            case GridSample sample -> gridSample(sample);
            case MaxRoiPool pool -> filled(greatest(node.errors().getFirst().orElseThrow()));
            case Resize resize -> resize(resize);
            case RoiAlign align ->
                    filled(
                            greatest(node.errors().getFirst().orElseThrow())
                                    + 8
                                            * ErrorBound.unit(node.exact().element())
                                            * greatest(node.evaluation().operand(0)));
        };
    }

    /// Places must be exact: a place that moves may find other elements.
    private Tensor gridSample(GridSample op) {
        Tensor image = node.evaluation().operand(0);
        double weights = Math.pow(op.interpolation() == GridSample.Interpolation.CUBIC ? 2 : 1, image.rank() - 2.0);
        double off = greatest(node.errors().getFirst().orElseThrow());
        return filled(weights * (off + 4 * ErrorBound.unit(node.exact().element()) * greatest(image)));
    }

    private Tensor resize(Resize op) {
        Tensor operand = node.evaluation().operand(0);
        double off = greatest(node.errors().getFirst().orElseThrow());
        if (op.filter() instanceof ResizeFilter.Nearest) {
            return filled(off);
        }
        double weights = 1;
        double terms = 0;
        for (Resize.Axis axis : op.axes()) {
            weights *= op.filter() instanceof ResizeFilter.Cubic ? 2 : 1;
            terms += 2.0 * operand.size(axis.axis()) + 8;
        }
        double unit = ErrorBound.unit(node.exact().element());
        return filled(weights * (off + terms * unit * greatest(operand)));
    }

    private Tensor filled(double bound) {
        var all = new double[node.exact().count()];
        Arrays.fill(all, bound);
        return Tensor.ofReals(node.exact().element(), all, node.exact().sizes());
    }

    private static double greatest(Tensor tensor) {
        return Arrays.stream(tensor.reals()).map(Math::abs).filter(Double::isFinite).max().orElse(0);
    }
}
