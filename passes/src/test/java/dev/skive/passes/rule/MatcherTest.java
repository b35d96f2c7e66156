package dev.skive.passes.rule;

import static dev.skive.passes.rule.Pattern.any;
import static dev.skive.passes.rule.Pattern.constant;
import static dev.skive.passes.rule.Pattern.exactly;
import static dev.skive.passes.rule.Pattern.missing;
import static dev.skive.passes.rule.Pattern.number;
import static dev.skive.passes.rule.Pattern.oneOf;
import static dev.skive.passes.rule.Pattern.op;
import static dev.skive.passes.rule.Pattern.owned;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Add;
import dev.skive.ir.op.Erf;
import dev.skive.ir.op.Linear;
import dev.skive.ir.op.Mul;
import dev.skive.ir.op.Neg;
import dev.skive.ir.op.Sub;
import dev.skive.ir.type.ElementType;
import org.junit.jupiter.api.Test;

class MatcherTest {
    private final Sample sample = new Sample(1, ElementType.FLOAT32, false);

    private ImmutableList<Match> matches(Pattern pattern, Value... outputs) {
        Graph graph = sample.graph(outputs);
        return Matcher.matches(pattern, outputs[0], graph).collect(ImmutableList.toImmutableList());
    }

    @Test
    void triesCommutativeOperandsInBothOrders() {
        Value x = sample.input(2);
        Value y = sample.add(new Mul(), sample.number(0.5), sample.add(new Add(), sample.add(new Erf(), x), x));

        var found = matches(op(Mul.class, op(Add.class, any("a"), op(Erf.class, any("b"))), number(0.5)), y);

        assertThat(found).hasSize(1);
        assertThat(found.getFirst().value("a")).isEqualTo(x);
    }

    @Test
    void keepsTheOrderOfOtherOperands() {
        Value x = sample.input(2);

        assertThat(matches(op(Sub.class, any("x"), number(1)), sample.add(new Sub(), sample.number(1), x))).isEmpty();
    }

    @Test
    void bindsARepeatedNameToOneValue() {
        Value x = sample.input(2);
        Pattern square = op(Mul.class, any("x"), any("x"));

        assertThat(matches(square, sample.add(new Mul(), x, x))).isNotEmpty();
    }

    @Test
    void doesNotBindARepeatedNameToTwoValues() {
        Value product = sample.add(new Mul(), sample.input(2), sample.input(2));

        assertThat(matches(op(Mul.class, any("x"), any("x")), product)).isEmpty();
    }

    @Test
    void takesANumberInAnyShapeAndPrecision() {
        Value x = sample.input(3);
        Value y = sample.add(new Mul(), x, sample.number(ElementType.FLOAT32, Math.sqrt(2), 1, 3));

        assertThat(matches(op(Mul.class, any("x"), number(1.4142135)), y)).hasSize(1);
    }

    @Test
    void takesHalfPrecisionNumbersAsTheyAreRounded() {
        var half = new Sample(1, ElementType.FLOAT16, false);
        Value y = half.add(new Mul(), half.input(3), half.number(Math.sqrt(2)));

        assertThat(Matcher.matches(op(Mul.class, any("x"), number(Math.sqrt(2))), y, half.graph(y))).hasSize(1);
    }

    @Test
    void refusesANumberThatDiffersInTheSixthDigit() {
        Value y = sample.add(new Mul(), sample.input(3), sample.number(1.41423));

        assertThat(matches(op(Mul.class, any("x"), number(Math.sqrt(2))), y)).isEmpty();
    }

    @Test
    void tellsZerosApartWhenExact() {
        Value y = sample.add(new Add(), sample.input(3), sample.number(-0.0));

        Graph graph = sample.graph(y);

        assertThat(Matcher.matches(op(Add.class, any("x"), exactly(-0.0)), y, graph)).hasSize(1);
        assertThat(Matcher.matches(op(Add.class, any("x"), exactly(0.0)), y, graph)).isEmpty();
    }

    @Test
    void guardsNodesThatOthersUse() {
        Value x = sample.input(2);
        Value erf = sample.add(new Erf(), x);
        Value y = sample.add(new Neg(), erf);
        Pattern guarded = op(Neg.class, owned(Erf.class, any("x")));

        assertThat(matches(guarded, y, erf)).isEmpty();
    }

    @Test
    void allowsUsesInsideTheMatch() {
        Value x = sample.input(2);
        Value erf = sample.add(new Erf(), x);
        Value y = sample.add(new Mul(), erf, sample.add(new Neg(), erf));

        assertThat(matches(op(Mul.class, owned(Erf.class, any("x")).as("e"), op(Neg.class, any("e"))), y)).hasSize(1);
    }

    @Test
    void takesAnOperandThatIsLeftOut() {
        Value y = sample.add(new Linear(), sample.input(2, 3), sample.weight(3, 2));
        Pattern maybeBias = oneOf(missing(), constant("bias"));

        var found = matches(op(Linear.class, any("x"), constant("w"), maybeBias), y);

        assertThat(found).hasSize(1);
        assertThat(found.getFirst().has("bias")).isFalse();
    }
}
