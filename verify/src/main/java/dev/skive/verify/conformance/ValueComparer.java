package dev.skive.verify.conformance;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.ElementType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;

/// Compares outputs as ONNX's own test runner does: types and sizes are the same, integers, booleans and text are equal,
/// a float32 or float64 `f` is close to an expected `e` when `|f - e| <= atol + rtol * |e|`; NaN equals NaN, an infinity
/// itself.
///
/// - float16 and bfloat16 are also close when they differ by no more than one rounding of the largest finite expected
///   element of the tensor (2^-10 of it, or 2^-7), or by two steps of their format. One engine rounds every intermediate
///   result to the format and another computes in float32, so a sum of which little is left keeps the error of its parts;
///   and a step of bfloat16 alone is larger than the usual `rtol`.
/// - float8 and smaller ones must be equal: only conversions, which are defined bit by bit, and moves produce them.
///
/// @param rtol largest relative difference
/// @param atol largest absolute difference, in addition
public record ValueComparer(double rtol, double atol) {
    /// What ONNX's runner takes.
    public static final ValueComparer DEFAULT = new ValueComparer(1e-3, 1e-7);

    private static final int HALF_STEPS = 2;
    private static final double FLOAT16_ROUNDING = 0x1p-10;
    private static final double BFLOAT16_ROUNDING = 0x1p-7;

    /// How two values compare.
    ///
    /// @param maxUlp most steps of the format between two finite real elements; 0 when there are none
    /// @param mistake what is wrong, if anything is
    public record Agreement(long maxUlp, Optional<String> mistake) {
        /// Values that agree.
        static final Agreement FULL = new Agreement(0, Optional.empty());

        static Agreement mistake(String text) {
            return new Agreement(0, Optional.of(text));
        }

        /// Both together; the first mistake counts.
        Agreement and(Agreement other) {
            return new Agreement(Math.max(maxUlp, other.maxUlp), mistake.or(other::mistake));
        }
    }

    /// Compares one output.
    ///
    /// @param what what messages call it
    public Agreement compare(String what, TestValue expected, TestValue found) {
        return switch (expected) {
            case TestValue.OfTensor(Tensor wanted) when found instanceof TestValue.OfTensor(Tensor tensor) ->
                    compare(what, wanted, tensor);
            case TestValue.OfSequence(var wanted) when found instanceof TestValue.OfSequence(var values) ->
                    compare(what, wanted, values);
            case TestValue.OfOptional(var wanted) when found instanceof TestValue.OfOptional(var value) ->
                    compare(what + ", its value", list(wanted), list(value));
            // ONNX's files hold an optional that has a value also as the plain value.
            case TestValue.OfOptional(var wanted) when wanted.isPresent() -> compare(what, wanted.get(), found);
            default -> Agreement.mistake("%s: expected %s, found %s".formatted(what, expected, found));
        };
    }

    private static ImmutableList<TestValue> list(Optional<TestValue> value) {
        return value.map(ImmutableList::of).orElse(ImmutableList.of());
    }

    private Agreement compare(String what, List<TestValue> expected, List<TestValue> found) {
        if (expected.size() != found.size()) {
            return Agreement.mistake("%s: expected %d values, found %d".formatted(what, expected.size(), found.size()));
        }
        Agreement all = Agreement.FULL;
        for (int i = 0; i < expected.size(); i++) {
            all = all.and(compare("%s, value %d".formatted(what, i), expected.get(i), found.get(i)));
        }
        return all;
    }

    /// Whether type and sizes are the same, and nothing more.
    static Agreement compareTypes(String what, TestValue expected, TestValue found) {
        boolean same = expected.toString().equals(found.toString());
        return same ? Agreement.FULL : Agreement.mistake("%s: expected %s, found %s".formatted(what, expected, found));
    }

    private Agreement compare(String what, Tensor expected, Tensor found) {
        if (expected.element() != found.element() || !Arrays.equals(expected.sizes(), found.sizes())) {
            return Agreement.mistake("%s: expected %s, found %s".formatted(what, expected, found));
        }
        return switch (expected.element().kind()) {
            case REAL -> compareReals(what, expected, found);
            case TEXT ->
                    compareExactly(
                            what,
                            expected,
                            i -> expected.text().get(i).equals(found.text().get(i)),
                            i -> "'" + expected.text().get(i) + "'",
                            i -> "'" + found.text().get(i) + "'");
            default ->
                    compareExactly(
                            what,
                            expected,
                            i -> expected.integers()[i] == found.integers()[i],
                            i -> integer(expected, i),
                            i -> integer(found, i));
        };
    }

    private static String integer(Tensor tensor, int at) {
        long value = tensor.integers()[at];
        return switch (tensor.element()) {
            case BOOL -> value == 0 ? "false" : "true";
            case UINT64 -> Long.toUnsignedString(value);
            default -> Long.toString(value);
        };
    }

    private static Agreement compareExactly(
            String what, Tensor expected, IntPredicate equal, IntFunction<String> wanted, IntFunction<String> given) {
        int differing = 0;
        int first = -1;
        for (int i = 0; i < expected.count(); i++) {
            if (!equal.test(i)) {
                first = differing++ == 0 ? i : first;
            }
        }
        return differing == 0
                ? Agreement.FULL
                : Agreement.mistake(
                        "%s %s: expected %s, found %s; %d of %d elements differ"
                                .formatted(
                                        what,
                                        place(expected, first),
                                        wanted.apply(first),
                                        given.apply(first),
                                        differing,
                                        expected.count()));
    }

    private Agreement compareReals(String what, Tensor expected, Tensor found) {
        double rounding = rounding(expected);
        long maxUlp = 0;
        int differing = 0;
        int worst = -1;
        double largest = -1;
        for (int i = 0; i < expected.count(); i++) {
            double e = expected.reals()[i];
            double f = found.reals()[i];
            boolean finite = Double.isFinite(e) && Double.isFinite(f);
            maxUlp = finite ? Math.max(maxUlp, FloatSteps.between(expected.element(), e, f)) : maxUlp;
            if (!isClose(expected.element(), e, f, rounding)) {
                differing++;
                double difference = finite ? Math.abs(e - f) : Double.POSITIVE_INFINITY;
                if (difference > largest) {
                    largest = difference;
                    worst = i;
                }
            }
        }
        if (differing == 0) {
            return new Agreement(maxUlp, Optional.empty());
        }
        String text =
                "%s %s: expected %s, found %s; %d of %d elements differ, max ulp %d"
                        .formatted(
                                what,
                                place(expected, worst),
                                expected.reals()[worst],
                                found.reals()[worst],
                                differing,
                                expected.count(),
                                maxUlp);
        return new Agreement(maxUlp, Optional.of(text));
    }

    /// One rounding of the largest element, for the formats where that counts.
    private static double rounding(Tensor expected) {
        double relative =
                switch (expected.element()) {
                    case FLOAT16 -> FLOAT16_ROUNDING;
                    case BFLOAT16 -> BFLOAT16_ROUNDING;
                    default -> 0;
                };
        double largest = Arrays.stream(expected.reals()).map(Math::abs).filter(Double::isFinite).max().orElse(0);
        return relative * largest;
    }

    private boolean isClose(ElementType element, double expected, double found, double rounding) {
        if (expected == found || (Double.isNaN(expected) && Double.isNaN(found))) {
            return true;
        }
        if (!Double.isFinite(expected) || !Double.isFinite(found)) {
            return false;
        }
        return switch (element) {
            case FLOAT32, FLOAT64 -> isNear(expected, found);
            case FLOAT16, BFLOAT16 ->
                    isNear(expected, found)
                            || Math.abs(found - expected) <= rounding
                            || FloatSteps.between(element, expected, found) <= HALF_STEPS;
            default -> false;
        };
    }

    private boolean isNear(double expected, double found) {
        return Math.abs(found - expected) <= atol + rtol * Math.abs(expected);
    }

    private static String place(Tensor tensor, int position) {
        var index = new ArrayList<Integer>();
        int rest = position;
        for (int axis = tensor.rank() - 1; axis >= 0; axis--) {
            index.addFirst(rest % tensor.size(axis));
            rest /= tensor.size(axis);
        }
        return "%s at %s".formatted(tensor, index);
    }
}
