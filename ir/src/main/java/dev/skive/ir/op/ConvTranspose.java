package dev.skive.ir.op;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.eval.Strides;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.Type;
import dev.skive.ir.type.TypeError;

/// `y[n, m, i * stride + k * dilation - before] += weight[c, m', k] * x[n, c, i]` for every `c`, `i` and `k`, starting with
/// `bias[m]`; `m'` is channel `m` within the group of `c`
///
/// **Shapes**: `x [n, c, d...]`, `weight [c, m / groups, k...]`, optional `bias [m]` ->
/// `[n, m, (d - 1) * stride + (k - 1) * dilation + 1 - before - after...]`.
/// **Types**: one floating-point type.
/// **Numerics**: one sum per element, in the type of the operands.
/// **Errors**: channels that do not fit weight and groups; padding that leaves nothing.
/// **Source**: ONNX `ConvTranspose`; output padding is negative padding at the end.
///
/// @param window how the kernel moves over the result
/// @param groups channels are split into so many groups that do not see each other
public record ConvTranspose(Window window, long groups) implements Windowed {
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
                !weight.dim(0).differsFrom(x.dim(1)) && isMultiple(weight.dim(0)) && isMultiple(x.dim(1)),
                "a weight %s in %s groups does not fit the channels of operand 0 %s",
                weight,
                groups,
                x);
        Dim channels = weight.dim(1).times(groups);
        if (operands.has(2)) {
            operands.requireRank(2, 1);
            TypeError.check(
                    !operands.shape(2).dim(0).differsFrom(channels),
                    "the bias %s must have one element per channel of the result, %s",
                    operands.tensor(2),
                    channels);
        }
        var dims = ImmutableList.<Dim>builder().add(x.dim(0), channels);
        for (int axis = 0; axis < window.rank(); axis++) {
            dims.add(size(axis, x, weight));
        }
        return ImmutableList.of(operands.tensor(0).withShape(new Shape(dims.build())));
    }

    private boolean isMultiple(Dim channels) {
        return !channels.isKnown() || channels.known() % groups == 0;
    }

    private Dim size(int axis, Shape x, Shape weight) {
        Dim spread = x.dim(axis + 2).minus(Dim.ONE).times(window.strides().get(axis));
        Dim full = spread.plus(window.extent(axis, weight.dim(axis + 2)));
        Dim size = full.minus(window.before().get(axis)).minus(window.after().get(axis));
        TypeError.check(
                !size.isKnown() || size.known() >= 0,
                "axis %s of the result would have size %s: operand %s, weight %s, padding %s and %s",
                axis + 2,
                size,
                x,
                weight,
                window.before(),
                window.after());
        return size;
    }

    @Override
    public ImmutableList<Tensor> evaluate(Evaluation evaluation) {
        Tensor x = evaluation.operand(0);
        Tensor weight = evaluation.operand(1);
        Evaluation.check(
                weight.size(0) == x.size(1) && x.size(1) % groups == 0,
                "a weight %s in %s groups does not fit an operand %s",
                weight.sizes(),
                groups,
                x.sizes());
        long[] sizes = evaluation.sizes(0);
        long[] source = WindowPlaces.spatial(x.sizes());
        var places =
                new WindowPlaces(
                        evaluation, window, WindowPlaces.spatial(sizes), source, WindowPlaces.spatial(weight.sizes()));
        int plane = Strides.count(WindowPlaces.spatial(sizes));
        var result = new double[Strides.count(sizes)];
        evaluation
                .optional(2)
                .ifPresent(bias -> {
                    Evaluation.check(bias.count() == sizes[1], "a bias of %s for %s channels", bias.type(), sizes[1]);
                    for (int i = 0; i < result.length; i++) {
                        result[i] = bias.reals()[(int) (i / plane % sizes[1])];
                    }
                });
        for (int position = 0; position < places.count(); position++) {
            WindowPlaces.Taps taps = places.taps(position);
            for (int row = 0; row < x.size(0) * x.size(1); row++) {
                double element = x.reals()[row * places.count() + position];
                int channel = row % x.size(1);
                int group = channel / (x.size(1) / (int) groups);
                int first = row / x.size(1) * (int) sizes[1] + group * weight.size(1);
                for (int m = 0; m < weight.size(1); m++) {
                    int from = (channel * weight.size(1) + m) * places.taps();
                    taps.add(result, (first + m) * plane, element, weight.reals(), from);
                }
            }
        }
        return evaluation.reals(result);
    }
}
