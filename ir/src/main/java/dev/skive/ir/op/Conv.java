package dev.skive.ir.op;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.eval.Strides;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.Type;
import dev.skive.ir.type.TypeError;

/// `y[n, m, o] = bias[m] + sum over c, k of weight[m, c, k] * x[n, c', o * stride + k * dilation - before]`, where `c'` is
/// channel `c` of the group of `m`, and `x` is zero outside
///
/// **Shapes**: `x [n, c, d...]`, `weight [m, c / groups, k...]`, optional `bias [m]` -> `[n, m, positions...]`.
/// **Types**: one floating-point type.
/// **Numerics**: one sum per element, in the type of the operands; the bias may come first or last.
/// **Errors**: channels that do not fit weight and groups; a kernel larger than the padded operand.
/// **Source**: ONNX `Conv`.
///
/// @param window how the kernel moves
/// @param groups channels are split into so many groups that do not see each other
public record Conv(Window window, long groups) implements Windowed {
    @Override
    public Arity arity() {
        return Arity.between(2, 3);
    }

    @Override
    public ImmutableList<Type> infer(Operands operands) {
        operands.requireReal(0);
        operands.sameElementFrom(0);
        Shape x = operands.shape(0);
        Shape weight = operands.shape(1);
        TypeError.check(x.rank() >= 3, "operand 0 must be [n, c, ...] with spatial axes, found %s", x);
        operands.requireRank(1, x.rank());
        window.check(x.rank() - 2);
        TypeError.check(groups > 0, "groups must be positive, found %s", groups);
        TypeError.check(
                !weight.dim(1).times(groups).differsFrom(x.dim(1)),
                "a weight %s in %s groups needs %s channels, found operand 0 %s",
                weight,
                groups,
                weight.dim(1).times(groups),
                x);
        TypeError.check(
                !weight.dim(0).isKnown() || weight.dim(0).known() % groups == 0,
                "%s groups do not divide the %s channels of the result",
                groups,
                weight.dim(0));
        if (operands.has(2)) {
            operands.requireRank(2, 1);
            TypeError.check(
                    !operands.shape(2).dim(0).differsFrom(weight.dim(0)),
                    "the bias %s must have one element per channel of the result, %s",
                    operands.tensor(2),
                    weight.dim(0));
        }
        return ImmutableList.of(operands.tensor(0).withShape(result(x, weight)));
    }

    private Shape result(Shape x, Shape weight) {
        var dims = ImmutableList.<Dim>builder().add(x.dim(0), weight.dim(0));
        for (int axis = 0; axis < window.rank(); axis++) {
            Dim positions = window.positions(axis, x.dim(axis + 2), weight.dim(axis + 2));
            TypeError.check(
                    !positions.isKnown() || positions.known() >= 0,
                    "the kernel of %s with dilations %s does not fit axis %s of %s with padding %s and %s",
                    weight,
                    window.dilations(),
                    axis + 2,
                    x,
                    window.before(),
                    window.after());
            dims.add(positions);
        }
        return new Shape(dims.build());
    }

    @Override
    public ImmutableList<Tensor> evaluate(Evaluation evaluation) {
        Tensor x = evaluation.operand(0);
        Tensor weight = evaluation.operand(1);
        Evaluation.check(
                weight.size(1) * groups == x.size(1),
                "a weight %s in %s groups does not fit an operand %s",
                weight.sizes(),
                groups,
                x.sizes());
        long[] sizes = evaluation.sizes(0);
        var places =
                new WindowPlaces(
                        evaluation,
                        window,
                        WindowPlaces.spatial(x.sizes()),
                        WindowPlaces.spatial(sizes),
                        WindowPlaces.spatial(weight.sizes()));
        int plane = Strides.count(WindowPlaces.spatial(x.sizes()));
        evaluation
                .optional(2)
                .ifPresent(bias ->
                        Evaluation.check(bias.count() == sizes[1], "a bias of %s for %s channels", bias.type(), sizes[1]));
        var result = new double[Strides.count(sizes)];
        for (int position = 0; position < places.count(); position++) {
            WindowPlaces.Taps taps = places.taps(position);
            for (int row = 0; row < sizes[0] * sizes[1]; row++) {
                int channel = (int) (row % sizes[1]);
                int first = (int) (row / sizes[1] * x.size(1) + channel / (sizes[1] / groups) * weight.size(1));
                double sum = bias(evaluation, channel);
                for (int c = 0; c < weight.size(1); c++) {
                    int from = (channel * weight.size(1) + c) * places.taps();
                    sum += taps.product(x.reals(), (first + c) * plane, weight.reals(), from);
                }
                result[row * places.count() + position] = sum;
            }
        }
        return evaluation.reals(result);
    }

    private static double bias(Evaluation evaluation, int channel) {
        return evaluation.optional(2).map(bias -> bias.reals()[channel]).orElse(0.0);
    }
}
