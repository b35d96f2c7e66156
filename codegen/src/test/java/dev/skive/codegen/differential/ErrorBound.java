package dev.skive.codegen.differential;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.graph.Node;
import dev.skive.ir.op.ArgMax;
import dev.skive.ir.op.ArgMin;
import dev.skive.ir.op.Attention;
import dev.skive.ir.op.AveragePool;
import dev.skive.ir.op.Combination;
import dev.skive.ir.op.Contraction;
import dev.skive.ir.op.Conv;
import dev.skive.ir.op.ConvTranspose;
import dev.skive.ir.op.CumProd;
import dev.skive.ir.op.CumSum;
import dev.skive.ir.op.DataMovement;
import dev.skive.ir.op.Det;
import dev.skive.ir.op.Dynamic;
import dev.skive.ir.op.Elementwise;
import dev.skive.ir.op.EmbeddingSum;
import dev.skive.ir.op.LayerNorm;
import dev.skive.ir.op.LpPool;
import dev.skive.ir.op.MaxPool;
import dev.skive.ir.op.MaxPoolIndex;
import dev.skive.ir.op.Pooling;
import dev.skive.ir.op.Recurrent;
import dev.skive.ir.op.ReduceMax;
import dev.skive.ir.op.ReduceMean;
import dev.skive.ir.op.ReduceMin;
import dev.skive.ir.op.ReduceProd;
import dev.skive.ir.op.ReduceSum;
import dev.skive.ir.op.Reduction;
import dev.skive.ir.op.RmsNorm;
import dev.skive.ir.op.ScatterElements;
import dev.skive.ir.op.ScatterNd;
import dev.skive.ir.op.Softmax;
import dev.skive.ir.op.Source;
import dev.skive.ir.op.Spatial;
import dev.skive.ir.op.Structured;
import dev.skive.ir.op.Windowed;
import dev.skive.ir.type.ElementType;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;

/// Running error analysis of one node: how far each element of its result may be from the exact one, given how far its
/// operands may be, when sums of `n` terms may be added in any order. The unit is half the distance between 1 and the
/// next number of the element type.
///
/// @param evaluation the node with exact operands
/// @param errors the bounds of the operands, in their sizes, empty for absent ones
/// @param exact the exact result
record ErrorBound(Evaluation evaluation, ImmutableList<Optional<Tensor>> errors, Tensor exact) {
    /// Roundings of the longest formula of one operator, and what `ScalarMath` may be off, in units.
    private static final double FORMULA = 16;

    /// The unit of a real element type.
    static double unit(ElementType element) {
        return switch (element) {
            case FLOAT32 -> 0x1p-24;
            case FLOAT64 -> 0x1p-53;
            case FLOAT16 -> 0x1p-11;
            case BFLOAT16 -> 0x1p-8;
            case FLOAT8E4M3FN, FLOAT8E4M3FNUZ -> 0x1p-4;
            case FLOAT8E5M2, FLOAT8E5M2FNUZ -> 0x1p-3;
            case FLOAT4E2M1 -> 0x1p-2;
            case FLOAT8E8M0 -> 0x1p-1;
            default -> throw new AssertionError("no unit for " + element);
        };
    }

    /// The bounds of the result.
    Tensor result() {
        Node node = evaluation.node();
        if (!exact.element().isReal()) {
            return filled(ElementType.FLOAT64, 0);
        }
        return switch (node.op()) {
            case Source source -> filled(exact.element(), 0);
            case DataMovement movement -> movement(node);
            case Contraction product -> product(evaluation.operand(0).size(-1));
            case Reduction reduction -> reduction(reduction);
            case Elementwise formula -> formula();
            case Recurrent recurrent ->
                    filled(exact.element(), new RecurrentBound(evaluation, errors, exact, recurrent).error());
            case Spatial spatial -> new SpatialBound(this).of(spatial);
            case Structured structured -> structured(structured);
            case Dynamic dynamic -> throw new AssertionError("errors of " + dynamic + " are not followed");
            case Windowed windowed -> windowed(windowed);
        };
    }

    private Tensor windowed(Windowed op) {
        return switch (op) {
            case Conv conv -> product(terms(evaluation.operand(1), 1));
            case ConvTranspose conv -> product(terms(evaluation.operand(1), 0));
            case MaxPool max -> filled(exact.element(), greatest(error(0)));
            case MaxPoolIndex index -> throw new AssertionError("an index is exact");
            case AveragePool(Pooling pooling, boolean countPads) -> norm(pooling);
            case LpPool(Pooling pooling, long p) -> norm(pooling);
        };
    }

    /// The elements of a weight along all axes but the two first, and the axis that is summed over.
    private static long terms(Tensor weight, int axis) {
        return Arrays.stream(weight.sizes()).skip(2).reduce(weight.size(axis), Math::multiplyExact);
    }

    /// The norm of the errors, and of roundings as large as the norm of the magnitudes allows.
    private Tensor norm(Pooling pooling) {
        Tensor magnitude = zip(map(evaluation.operand(0), Math::abs), error(0), Double::sum);
        Tensor moved = evaluate(ImmutableList.of(Optional.of(error(0))));
        double units = (pooling.kernel().stream().reduce(1L, Math::multiplyExact) + FORMULA) * unit();
        return zip(moved, evaluate(ImmutableList.of(Optional.of(magnitude))), (e, m) -> e + units * m);
    }

    private double unit() {
        return unit(exact.element());
    }

    private Tensor filled(ElementType element, double value) {
        var all = new double[exact.count()];
        Arrays.fill(all, value);
        return Tensor.ofReals(element, all, exact.sizes());
    }

    /// Errors move as elements do; the numbers of a range are rounded twice.
    private Tensor movement(Node node) {
        if (node.op() instanceof dev.skive.ir.op.Range) {
            return map(exact, x -> 2 * unit() * Math.abs(x));
        }
        if (node.op() instanceof ScatterElements(int axis, Combination combination)) {
            return scattered(combination);
        }
        if (node.op() instanceof ScatterNd(Combination combination)) {
            return scattered(combination);
        }
        var moved = ImmutableList.<Optional<Tensor>>builder();
        for (int i = 0; i < errors.size(); i++) {
            boolean real = evaluation.operand(i).element().isReal();
            moved.add(real ? errors.get(i) : evaluation.optional(i));
        }
        return evaluate(moved.build());
    }

    /// Exact when elements are replaced; else as far off as combining all elements and updates in one place could be.
    private Tensor scattered(Combination combination) {
        Tensor updates = evaluation.operand(2);
        double units = updates.count() * unit();
        double exactly = greatest(error(0)) + greatest(error(2));
        return switch (combination) {
            case REPLACE, MAX, MIN -> filled(exact.element(), exactly);
            case ADD ->
                    filled(
                            exact.element(),
                            (updates.count() + 1) * exactly
                                    + units * (greatest(evaluation.operand(0)) + updates.count() * greatest(updates)));
            case MUL -> map(exact, x -> 2 * (units + exactly * updates.count()) * Math.abs(x));
        };
    }

    /// `|A| eB + eA (|B| + eB) + (k + 2) u |A| |B|`
    private Tensor product(long terms) {
        Tensor a = map(evaluation.operand(0), Math::abs);
        Tensor b = map(evaluation.operand(1), Math::abs);
        Tensor biggerA = zip(a, error(0), Double::sum);
        Tensor biggerB = zip(b, error(1), Double::sum);
        Tensor magnitude =
                evaluate(operands(biggerA, biggerB, evaluation.optional(2).map(bias -> map(bias, Math::abs))));
        Tensor least = evaluate(operands(a, b, evaluation.optional(2).map(bias -> map(bias, x -> 0))));
        Tensor most = evaluate(operands(biggerA, biggerB, errors.size() > 2 ? errors.get(2) : Optional.empty()));
        double units = (terms + 2) * unit();
        return zip(zip(most, least, (x, y) -> x - y), magnitude, (x, y) -> x * (1 + unit()) + units * y);
    }

    private static ImmutableList<Optional<Tensor>> operands(Tensor a, Tensor b, Optional<Tensor> c) {
        return c.isPresent()
                ? ImmutableList.of(Optional.of(a), Optional.of(b), c)
                : ImmutableList.of(Optional.of(a), Optional.of(b));
    }

    private Tensor reduction(Reduction op) {
        Tensor magnitude = zip(map(evaluation.operand(0), Math::abs), error(0), Double::sum);
        long folded = exact.count() == 0 ? 0 : evaluation.operand(0).count() / exact.count();
        double units = (folded + 2) * unit();
        Tensor moved = evaluate(ImmutableList.of(Optional.of(error(0))));
        return switch (op) {
            case ReduceSum sum ->
                    zip(moved, evaluate(ImmutableList.of(Optional.of(magnitude))), (e, m) -> e + units * m);
            case ReduceMean mean ->
                    zip(moved, evaluate(ImmutableList.of(Optional.of(magnitude))), (e, m) -> e + units * m);
            case ReduceMax max -> filled(exact.element(), greatest(error(0)));
            case ReduceMin min -> filled(exact.element(), greatest(error(0)));
            case ReduceProd prod ->
                    zip(
                            evaluate(ImmutableList.of(Optional.of(magnitude))),
                            evaluate(ImmutableList.of(Optional.of(map(evaluation.operand(0), Math::abs)))),
                            (big, small) -> big - small + units * big);
        };
    }

    /// The farthest the formula gets when each operand moves to either end of its bound, and its own roundings.
    private Tensor formula() {
        Tensor bound = map(exact, this::rounding);
        int count = errors.size();
        for (int i = 0; i < count; i++) {
            if (evaluation.operand(i).element().isReal()) {
                Tensor operand = evaluation.operand(i).broadcast(exact.sizes());
                bound = zip(bound, operand, (e, x) -> Math.max(e, rounding(x)));
            }
        }
        Tensor farthest = filled(exact.element(), 0);
        for (int corner = 0; corner < 1 << count; corner++) {
            Tensor moved = zip(evaluate(corner(corner)), exact, ErrorBound::distance);
            farthest = zip(farthest, moved, Math::max);
        }
        return zip(bound, farthest, Double::sum);
    }

    /// What the roundings of a formula can add up to at this magnitude; infinity and NaN are exact.
    private double rounding(double x) {
        return Double.isFinite(x) ? FORMULA * unit() * Math.abs(x) : 0;
    }

    private static double distance(double x, double y) {
        return Double.isFinite(y) && !Double.isNaN(x) ? Math.abs(x - y) : 0;
    }

    private ImmutableList<Optional<Tensor>> corner(int corner) {
        var operands = ImmutableList.<Optional<Tensor>>builder();
        for (int i = 0; i < errors.size(); i++) {
            Tensor operand = evaluation.operand(i);
            double sign = (corner >> i & 1) == 0 ? 1 : -1;
            operands.add(
                    Optional.of(operand.element().isReal() ? zip(operand, error(i), (x, e) -> x + sign * e) : operand));
        }
        return operands.build();
    }

    private Tensor structured(Structured op) {
        return switch (op) {
            case ArgMax index -> throw new AssertionError("an index is exact");
            case ArgMin index -> throw new AssertionError("an index is exact");
            case CumProd(int axis, boolean exclusive, boolean reverse) ->
                    runningProduct(evaluation.operand(0).size(axis));
            case CumSum(int axis, boolean exclusive, boolean reverse) -> runningSum(evaluation.operand(0).size(axis));
            case Det det -> determinant();
            case Softmax(int axis) -> softmax(evaluation.operand(0).size(axis));
            case LayerNorm(int axis, double epsilon) -> norm(axis, epsilon, true);
            case RmsNorm(int axis, double epsilon) -> norm(axis, epsilon, false);
            case EmbeddingSum sum -> embedding();
            case Attention(int heads, int keyHeads, double scale) -> attention(heads, scale);
        };
    }

    /// The sums of errors, and of roundings as large as the sum of magnitudes allows.
    private Tensor runningSum(int length) {
        Tensor magnitude = zip(map(evaluation.operand(0), Math::abs), error(0), Double::sum);
        Tensor moved = evaluate(ImmutableList.of(Optional.of(error(0))));
        double units = (length + 2) * unit();
        return zip(moved, evaluate(ImmutableList.of(Optional.of(magnitude))), (e, m) -> e + units * m);
    }

    /// What the magnitudes with their errors exceed the magnitudes by, and roundings.
    private Tensor runningProduct(int length) {
        Tensor magnitude = map(evaluation.operand(0), Math::abs);
        Tensor largest = evaluate(ImmutableList.of(Optional.of(zip(magnitude, error(0), Double::sum))));
        Tensor exactly = evaluate(ImmutableList.of(Optional.of(magnitude)));
        double units = 2 * (length + 2) * unit();
        return zip(largest, exactly, (most, m) -> most - m + units * most);
    }

    /// By Hadamard, a determinant is at most the product of the lengths of the rows; errors make them longer.
    private Tensor determinant() {
        Tensor operand = evaluation.operand(0);
        int n = operand.size(-1);
        var bounds = new double[exact.count()];
        for (int i = 0; i < bounds.length; i++) {
            double most = 1;
            double exactly = 1;
            for (int row = 0; row < n; row++) {
                double square = 0;
                double error = 0;
                for (int column = 0; column < n; column++) {
                    double element = operand.reals()[(i * n + row) * n + column];
                    square += element * element;
                    error += error(0).reals()[(i * n + row) * n + column];
                }
                exactly *= Math.sqrt(square);
                most *= Math.sqrt(square) + error;
            }
            bounds[i] = most - exactly + most * (unit() + 4.0 * n * n * n * unit(ElementType.FLOAT64));
        }
        return Tensor.ofReals(exact.element(), bounds, exact.sizes());
    }

    /// An error `e` in every `x` changes a probability by the factor `exp(2 e)` at most.
    private Tensor softmax(int width) {
        double x = greatest(evaluation.operand(0));
        double relative = Math.expm1(2 * greatest(error(0)) + 2 * (x + width + FORMULA) * unit());
        return map(exact, y -> relative * y + Float.MIN_NORMAL);
    }

    private Tensor norm(int axis, double epsilon, boolean centered) {
        Tensor x = evaluation.operand(0);
        double scale = greatest(evaluation.operand(1)) + greatest(error(1));
        int width = Math.toIntExact(Arrays.stream(x.sizes()).skip(axis).reduce(1, Math::multiplyExact));
        var bounds = new double[exact.count()];
        for (int from = 0; from < bounds.length; from += width) {
            double[] row = Arrays.copyOfRange(x.reals(), from, from + width);
            double mean = centered ? Arrays.stream(row).average().orElse(0) : 0;
            double squares = Arrays.stream(row).map(v -> (v - mean) * (v - mean)).average().orElse(0);
            double root = Math.sqrt(squares + epsilon);
            double largest = Arrays.stream(row).map(Math::abs).max().orElse(0);
            double moved =
                    greatest(Arrays.copyOfRange(error(0).reals(), from, from + width))
                            + (width + FORMULA) * unit() * largest;
            double normalized = Math.min(Math.sqrt(width), largest * 2 / root);
            Arrays.fill(
                    bounds,
                    from,
                    from + width,
                    3 * (1 + normalized) * moved / root * scale
                            + normalized * (greatest(error(1)) + (width + FORMULA) * unit() * scale));
        }
        double bias = evaluation.optional(2).map(ErrorBound::greatest).orElse(0.0);
        double biasError = errors.size() > 2 ? errors.get(2).map(ErrorBound::greatest).orElse(0.0) : 0;
        return map(
                Tensor.ofReals(exact.element(), bounds, exact.sizes()), e -> e + biasError + FORMULA * unit() * bias);
    }

    private Tensor embedding() {
        double error = 0;
        double magnitude = 0;
        for (int i = 0; i < errors.size(); i += 2) {
            error += greatest(error(i));
            magnitude += greatest(evaluation.operand(i));
        }
        return filled(exact.element(), error + errors.size() * unit() * magnitude);
    }

    private Tensor attention(int heads, double scale) {
        double q = greatest(evaluation.operand(0));
        double k = greatest(evaluation.operand(1));
        double v = greatest(evaluation.operand(2));
        int size = evaluation.operand(0).size(-1) / heads;
        int keys = evaluation.operand(1).size(1);
        double moved = size * (greatest(error(0)) * (k + greatest(error(1))) + q * greatest(error(1)));
        double rounded = size * q * k * (size + FORMULA) * unit();
        double masked = evaluation.optional(3).map(ErrorBound::greatestScore).orElse(0.0) * FORMULA * unit();
        double maskError = errors.size() > 3 ? errors.get(3).map(ErrorBound::greatest).orElse(0.0) : 0;
        double score = Math.abs(scale) * (moved + rounded) + masked + maskError;
        double relative = Math.expm1(2 * score + 2 * (keys + FORMULA) * unit());
        return filled(exact.element(), relative * v + greatest(error(2)) + keys * unit() * v);
    }

    /// Masks that stand for "never" leave no rounding error behind: the probability is 0 either way.
    private static double greatestScore(Tensor mask) {
        return Arrays.stream(mask.reals()).map(Math::abs).filter(x -> x < 1000).max().orElse(0);
    }

    private Tensor error(int operand) {
        return errors.get(operand).orElseThrow();
    }

    private Tensor evaluate(ImmutableList<Optional<Tensor>> operands) {
        var other = Evaluation.of(evaluation.node(), operands, evaluation.symbols());
        return (Tensor) evaluation.node().op().evaluate(other).getFirst();
    }

    private static double greatest(Tensor tensor) {
        return greatest(tensor.reals());
    }

    private static double greatest(double[] values) {
        return Arrays.stream(values).map(Math::abs).max().orElse(0);
    }

    private static Tensor map(Tensor tensor, java.util.function.DoubleUnaryOperator function) {
        return Tensor.ofReals(tensor.element(), Arrays.stream(tensor.reals()).map(function).toArray(), tensor.sizes());
    }

    private static Tensor zip(Tensor a, Tensor b, DoubleBinaryOperator function) {
        var result = new double[a.count()];
        for (int i = 0; i < result.length; i++) {
            result[i] = function.applyAsDouble(a.reals()[i], b.reals()[i]);
        }
        return Tensor.ofReals(a.element(), result, a.sizes());
    }
}
