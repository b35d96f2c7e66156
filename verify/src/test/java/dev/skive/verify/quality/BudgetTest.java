package dev.skive.verify.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skive.ir.SkiveException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BudgetTest {
    @ParameterizedTest
    @ValueSource(strings = {"cosine>=0.99", "kl<=0.1", "top-1", "spearman>=99.5%", "relative-l2<=1.0E-5"})
    void printsAsItIsWritten(String text) {
        assertThat(Budget.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @CsvSource({
        "cosine>=0.9, 0, 0.9, true",
        "cosine>=0.9, 0, 0.89, false",
        "kl<=0.1, 0, 0.2, false",
        "spearman>=90%, 0.8, 0.7201, true",
        "spearman>=90%, 0.8, 0.71, false",
        "perplexity<=110%, 10, 10.99, true",
        "perplexity<=110%, 10, 11.1, false",
        "top-5, 0, 0, true"
    })
    void holdsUpToItsBound(String text, double before, double after, boolean holds) {
        assertThat(Budget.parse(text).holds(before, after)).isEqualTo(holds);
    }

    @Test
    void isBrokenByWhatIsNotANumber() {
        assertThat(Budget.parse("cosine>=0.1").holds(0, Double.NaN)).isFalse();
        assertThat(Budget.parse("kl<=0.1").holds(0, Double.NaN)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "cosine<=0.9, bounded by >=",
        "kl>=0.9, bounded by <=",
        "beauty>=1, unknown metric",
        "cosine>=90%, compares with the original",
        "cosine>=1-2, is no number",
        "cosine=1, expected a metric"
    })
    void explainsWhatIsWrong(String text, String message) {
        assertThatThrownBy(() -> Budget.parse(text)).isInstanceOf(SkiveException.class).hasMessageContaining(message);
    }
}
