package dev.skive.verify.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.ElementType;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.Size;

final class ComparerTest {
    private static final double NAN = Double.NaN;
    private static final double INFINITY = Double.POSITIVE_INFINITY;

    @Property
    void equalTensorsAreAtDistanceZero(@ForAll @Size(max = 20) float[] values) {
        Tensor tensor = reals(doubles(values));
        var same = (Comparison.Real) Comparer.compare("y", tensor, tensor);
        assertThat(same.distance().maxAbsolute()).isZero();
        assertThat(same.distance().relativeL2()).isZero();
        assertThat(same.distance().maxUlp()).isZero();
        assertThat(same.distance().cosine()).isCloseTo(1, within(1e-6));
        assertThat(same.worst()).isEmpty();
        assertThat(same.isWithin(Tolerance.EXACT)).isTrue();
    }

    @Property
    void distancesScaleAsNormsDo(
            @ForAll @Size(5) List<@FloatRange(min = -9, max = 9) Float> reference,
            @ForAll @FloatRange(min = 0.01f, max = 2) float error) {
        double[] values = reference.stream().mapToDouble(value -> value).toArray();
        values[0] = 1;
        double[] scaled = java.util.Arrays.stream(values).map(value -> value * (1.0 + error)).toArray();
        Distance distance = compare(values, scaled).distance();
        assertThat(distance.relativeL2()).isCloseTo(error, within(1e-6));
        assertThat(distance.cosine()).isCloseTo(1, within(1e-9));
        double largest = java.util.Arrays.stream(values).map(Math::abs).max().orElse(0);
        assertThat(distance.maxAbsolute()).isCloseTo(largest * error, within(1e-6));
    }

    private static double[] doubles(float[] values) {
        var all = new double[values.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = values[i];
        }
        return all;
    }

    private static Tensor reals(double... values) {
        return Tensor.ofReals(ElementType.FLOAT32, values, values.length);
    }

    private static Comparison.Real compare(double[] reference, double[] found) {
        return (Comparison.Real) Comparer.compare("y", reals(reference), reals(found));
    }

    @Example
    void handComputedDistance() {
        Comparison.Real found = compare(new double[] {3, 4}, new double[] {3, 4.5});
        assertThat(found.distance().maxAbsolute()).isEqualTo(0.5);
        assertThat(found.distance().relativeL2()).isEqualTo(0.1);
        assertThat(found.distance().cosine()).isCloseTo(27 / (5 * Math.sqrt(29.25)), within(1e-12));
        assertThat(found.worst()).contains(new Comparison.Element(ImmutableList.of(1L), "4.0", "4.5"));
        assertThat(found.isWithin(Tolerance.relativeL2(0.1))).isTrue();
        assertThat(found.isWithin(Tolerance.relativeL2(0.0999))).isFalse();
        assertThat(found)
                .hasToString(
                        "y: relative L2 0.100, max abs 0.500, max ulp 1048576, cosine 0.998460353, "
                                + "worst [1]: 4.5, reference 4.0");
    }

    @Example
    void stepsAreCountedAcrossZero() {
        assertThat(ulps(1, Math.nextUp(1f))).isEqualTo(1);
        assertThat(ulps(0.0, -0.0)).isZero();
        assertThat(ulps(Float.MIN_VALUE, -Float.MIN_VALUE)).isEqualTo(2);
        assertThat(ulps(-1, Math.nextDown(-1f))).isEqualTo(1);
        assertThat(ulps(Float.MAX_VALUE, -Float.MAX_VALUE)).isEqualTo(2L * 0x7F7F_FFFF);
    }

    private static long ulps(double a, double b) {
        return compare(new double[] {a}, new double[] {b}).distance().maxUlp();
    }

    @Example
    void zerosHaveNoDirection() {
        assertThat(compare(new double[] {0}, new double[] {0}).distance().cosine()).isEqualTo(1);
        Distance fromZero = compare(new double[] {0}, new double[] {1}).distance();
        assertThat(fromZero.relativeL2()).isEqualTo(INFINITY);
        assertThat(fromZero.cosine()).isZero();
        assertThat(compare(new double[0], new double[0]).isWithin(Tolerance.EXACT)).isTrue();
    }

    @Example
    void whatIsNotFiniteHasToBeTheSame() {
        double[] reference = {NAN, INFINITY, -INFINITY, 1};
        assertThat(compare(reference, reference).isWithin(Tolerance.EXACT)).isTrue();
        Comparison.Real found = compare(reference, new double[] {1, -INFINITY, -INFINITY, NAN});
        assertThat(found.nonFiniteMismatches()).isEqualTo(3);
        assertThat(found.isWithin(Tolerance.relativeL2(INFINITY))).isFalse();
        assertThat(found.worst()).contains(new Comparison.Element(ImmutableList.of(0L), "NaN", "1.0"));
        assertThat(found.toString()).contains("3 NaN or Inf differ");
        Comparison.Real later = compare(new double[] {0, 1, 2}, new double[] {9, NAN, 7});
        assertThat(later.worst()).contains(new Comparison.Element(ImmutableList.of(1L), "1.0", "NaN"));
    }

    @Example
    void integersAndTextAreEqualOrNot() {
        Tensor reference = Tensor.ofIntegers(ElementType.INT64, new long[] {1, 2, 3, 4}, 2, 2);
        Tensor other = Tensor.ofIntegers(ElementType.INT64, new long[] {1, 2, 5, 6}, 2, 2);
        Comparison found = Comparer.compare("ids", reference, other);
        assertThat(found.isWithin(Tolerance.relativeL2(1))).isFalse();
        assertThat(found).hasToString("ids: 2 elements differ, first [1, 0]: 5, reference 3");
        assertThat(Comparer.compare("ids", reference, reference).isWithin(Tolerance.EXACT)).isTrue();
        Tensor text = Tensor.ofText(ImmutableList.of("a"), 1);
        assertThat(Comparer.compare("t", text, Tensor.ofText(ImmutableList.of("b"), 1)))
                .hasToString("t: 1 elements differ, first [0]: b, reference a");
    }

    @Example
    void outputsThatCannotBeComparedSayWhy() {
        Map<String, Tensor> reference = Map.of("y", reals(1, 2));
        assertThat(Comparer.compare(reference, Map.of()))
                .containsExactly(new Comparison.Incomparable("y", "the output is missing"));
        assertThat(Comparer.compare(Map.of(), reference))
                .containsExactly(new Comparison.Incomparable("y", "the reference has no such output"));
        Comparison shape = Comparer.compare("y", reals(1, 2), reals(1));
        assertThat(shape).hasToString("y: found f32[1], reference f32[2]");
        assertThat(shape.isWithin(Tolerance.relativeL2(INFINITY))).isFalse();
        assertThat(Comparer.compare("y", reals(1), Tensor.ofReals(ElementType.FLOAT64, new double[] {1}, 1)))
                .isInstanceOf(Comparison.Incomparable.class);
    }
}
