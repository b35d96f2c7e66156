package dev.skive.verify.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;

class SpearmanTest {
    /// Ranks 1, 2, 3, 4, 5 against 2, 1, 4, 3, 5: `1 - 6 * 4 / (5 * 24)`.
    @Example
    void followsTheFormulaForDifferentNumbers() {
        assertThat(Spearman.of(new double[] {1, 2, 3, 4, 5}, new double[] {20, 10, 40, 30, 50}))
                .isCloseTo(0.8, within(1e-12));
    }

    /// Ranks 1, 2.5, 2.5, 4 against 1, 2, 3, 4.
    @Example
    void sharesRanksOfEqualNumbers() {
        assertThat(Spearman.of(new double[] {1, 7, 7, 9}, new double[] {1, 2, 3, 4}))
                .isCloseTo(4.5 / Math.sqrt(4.5 * 5), within(1e-12));
    }

    @Example
    void isUndefinedWhenNothingVaries() {
        assertThat(Spearman.of(new double[] {1, 1}, new double[] {1, 2})).isNaN();
    }

    @Property(tries = 100)
    void seesOnlyTheOrder(@ForAll @Size(6) double[] a, @ForAll @Size(6) double[] b) {
        double[] bent = Arrays.stream(a).map(x -> Math.atan(x / Double.MAX_VALUE)).toArray();
        boolean sameOrder = Arrays.stream(bent).distinct().count() == Arrays.stream(a).distinct().count();

        if (sameOrder) {
            assertThat(Double.valueOf(Spearman.of(bent, b))).isEqualTo(Double.valueOf(Spearman.of(a, b)));
        }
        double[] turned = Arrays.stream(a).map(x -> -x).toArray();
        assertThat(Double.valueOf(Spearman.of(turned, b) + 0.0)).isEqualTo(Double.valueOf(0.0 - Spearman.of(a, b)));
    }

    @Property(tries = 50)
    void isOneForAnyGrowingFunction(@ForAll @DoubleRange(min = 0.1, max = 9) double factor) {
        double[] a = {3, 1, 2};

        assertThat(Spearman.of(a, Arrays.stream(a).map(x -> Math.exp(factor * x)).toArray()))
                .isCloseTo(1, within(1e-12));
    }
}
