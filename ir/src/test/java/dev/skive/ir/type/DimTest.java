package dev.skive.ir.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableMap;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import java.util.Map;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class DimTest {
    private static final Dim A = Dim.symbol("a");
    private static final Dim B = Dim.symbol("b");

    @Provide
    Arbitrary<Dim> polynomials() {
        return Dims.polynomials();
    }

    @Provide
    Arbitrary<Dims.Meant> expressions() {
        return Dims.expressions();
    }

    @Provide
    Arbitrary<Map<String, Long>> values() {
        return Dims.values();
    }

    @Provide
    Arbitrary<Dim> axes() {
        return Arbitraries.oneOf(
                Dims.symbols().map(Dim::symbol),
                Arbitraries.longs().between(0, 3).map(Dim::of),
                Dims.symbols().map(name -> Dim.symbol(name).min(A)));
    }

    @Property
    void sumsAndProductsFormACommutativeRing(
            @ForAll("polynomials") Dim x, @ForAll("polynomials") Dim y, @ForAll("polynomials") Dim z) {
        assertThat(x.plus(y)).isEqualTo(y.plus(x));
        assertThat(x.plus(y).plus(z)).isEqualTo(x.plus(y.plus(z)));
        assertThat(x.times(y)).isEqualTo(y.times(x));
        assertThat(x.times(y).times(z)).isEqualTo(x.times(y.times(z)));
        assertThat(x.times(y.plus(z))).isEqualTo(x.times(y).plus(x.times(z)));
        assertThat(x.plus(Dim.ZERO)).isEqualTo(x);
        assertThat(x.times(Dim.ONE)).isEqualTo(x);
        assertThat(x.minus(x)).isEqualTo(Dim.ZERO);
        assertThat(x.plus(y).hashCode()).isEqualTo(y.plus(x).hashCode());
        assertThat(x.plus(y)).hasToString(y.plus(x).toString());
    }

    @Property
    void evaluationAgreesWithOrdinaryArithmetic(
            @ForAll("expressions") Dims.Meant x, @ForAll("values") Map<String, Long> at) {
        assertThat(x.dim().evaluate(at)).isEqualTo(x.meaning().applyAsLong(at));
    }

    @Property
    void substitutionOfNumbersIsEvaluation(
            @ForAll("expressions") Dims.Meant x, @ForAll("values") Map<String, Long> at) {
        var numbers = ImmutableMap.copyOf(com.google.common.collect.Maps.transformValues(at, Dim::of));
        assertThat(x.dim().substitute(numbers)).isEqualTo(Dim.of(x.dim().evaluate(at)));
    }

    @Property
    void substitutionOfSizesCommutesWithEvaluation(
            @ForAll("expressions") Dims.Meant x,
            @ForAll("expressions") Dims.Meant y,
            @ForAll("values") Map<String, Long> at) {
        Assume.that(y.dim().evaluate(at) >= 0);
        var changed = new java.util.HashMap<>(at);
        changed.put("a", y.dim().evaluate(at));
        assertThat(x.dim().substitute(Map.of("a", y.dim())).evaluate(at)).isEqualTo(x.dim().evaluate(changed));
    }

    @Property
    void divisionUndoesMultiplication(@ForAll("polynomials") Dim x, @ForAll("polynomials") Dim y) {
        Assume.that(!y.equals(Dim.ZERO));
        assertThat(x.times(y).divideExactly(y)).contains(x);
    }

    @Property
    void aQuotientTimesTheDivisorIsTheDividend(@ForAll("polynomials") Dim x, @ForAll("polynomials") Dim y) {
        x.divideExactly(y).ifPresent(quotient -> assertThat(quotient.times(y)).isEqualTo(x));
    }

    @Property
    void broadcastingAgreesWithNumPyWhereverItRuns(
            @ForAll("axes") Dim x, @ForAll("axes") Dim y, @ForAll("values") Map<String, Long> at) {
        long left = x.evaluate(at);
        long right = y.evaluate(at);
        Assume.that(left == right || left == 1 || right == 1);
        boolean emptyBesideOne = left != right && left * right == 0;
        Assume.that(!emptyBesideOne);
        assertThat(x.conflictsWith(y)).isFalse();
        assertThat(Dim.broadcast(y, x).evaluate(at)).isEqualTo(left == 1 ? right : left);
        assertThat(Dim.broadcast(x, y).evaluate(at)).isEqualTo(left == 1 ? right : left);
    }

    @Property
    void whatIsNeverNegativeIsNeverNegative(
            @ForAll("expressions") Dims.Meant x, @ForAll("values") Map<String, Long> at) {
        if (x.dim().isNeverNegative()) {
            assertThat(x.dim().evaluate(at)).isNotNegative();
        }
    }

    @Property
    void whatDiffersIsNeverEqual(
            @ForAll("expressions") Dims.Meant x,
            @ForAll("expressions") Dims.Meant y,
            @ForAll("values") Map<String, Long> at) {
        if (x.dim().differsFrom(y.dim())) {
            assertThat(x.dim().evaluate(at)).isNotEqualTo(y.dim().evaluate(at));
        }
    }

    @Property
    void textTellsSizesApart(@ForAll("expressions") Dims.Meant x, @ForAll("expressions") Dims.Meant y) {
        assertThat(x.dim().toString().equals(y.dim().toString())).isEqualTo(x.dim().equals(y.dim()));
    }

    @Example
    void textIsCanonical() {
        assertThat(A.times(B).times(2).plus(A).minus(Dim.of(3))).hasToString("2*a*b+a-3");
        assertThat(B.plus(A)).hasToString("b+a");
        assertThat(A.times(-1)).hasToString("-a");
        assertThat(Dim.ZERO).hasToString("0");
        assertThat(B.max(A)).hasToString("max(a, b)");
        assertThat(A.plus(1).floorDivide(2)).hasToString("floor(a+1, 2)");
    }

    @Example
    void aSymbolThatLooksLikeAnExpressionIsNotThatExpression() {
        Dim impostor = Dim.symbol("max(a, b)");
        assertThat(impostor).isNotEqualTo(A.max(B));
        assertThat(impostor.minus(A.max(B))).isNotEqualTo(Dim.ZERO);
        assertThat(impostor).hasToString("\"max(a, b)\"");
        assertThat(impostor.asSymbol()).contains("max(a, b)");
    }

    @Example
    void equalOperandsMeetInAnyOrder() {
        assertThat(A.max(B)).isEqualTo(B.max(A));
        assertThat(A.min(B)).isEqualTo(B.min(A));
        assertThat(Dim.broadcast(A, B)).isEqualTo(Dim.broadcast(B, A));
        assertThat(A.max(A.plus(1))).isEqualTo(A.plus(1));
        assertThat(A.min(A.minus(Dim.ONE))).isEqualTo(A.minus(Dim.ONE));
    }

    @Example
    void longDivisionTakesAsManyStepsAsItNeeds() {
        Dim fifth = A.times(A).times(A).times(A).times(A);
        Dim difference = fifth.minus(B.times(B).times(B).times(B).times(B));
        Dim quotient = fifth.minus(Dim.ONE).divideExactly(A.minus(Dim.ONE)).orElseThrow();
        assertThat(quotient).hasToString("a*a*a*a+a*a*a+a*a+a+1");
        assertThat(difference.divideExactly(A)).isEmpty();
        assertThat(A.divideExactly(Dim.ZERO)).isEmpty();
    }

    @Example
    void anOpenSizeHasNoNumber() {
        assertThatThrownBy(A::known).isInstanceOf(IllegalStateException.class).hasMessage("size a is symbolic");
        assertThatThrownBy(() -> A.plus(B).evaluate(Map.of("a", 1L)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("size b has no value");
    }

    @Example
    void overflowIsNotSilent() {
        Dim large = Dim.of(Long.MAX_VALUE);
        assertThatThrownBy(() -> large.plus(1)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> large.times(A).times(2)).isInstanceOf(ArithmeticException.class);
    }

    @Example
    void sizesThatGrowWithoutBoundAreRefused() {
        assertThatThrownBy(() -> repeated(20, size -> size.times(size)))
                .isInstanceOfSatisfying(SkiveException.class, e -> assertThat(e.code()).isEqualTo(ExitCode.REFUSED));
        assertThatThrownBy(() -> repeated(100, size -> size.plus(1).floorDivide(2)))
                .isInstanceOf(SkiveException.class)
                .hasMessageContaining("give the inputs fixed sizes");
    }

    private static Dim repeated(int times, UnaryOperator<Dim> step) {
        var size = Dim.symbol("n");
        for (int i = 0; i < times; i++) {
            size = step.apply(size);
        }
        return size;
    }
}
