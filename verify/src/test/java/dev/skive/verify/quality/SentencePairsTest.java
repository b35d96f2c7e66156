package dev.skive.verify.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.ElementType;
import dev.skive.verify.quality.SentencePairs.Pair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SentencePairsTest {
    private static final long ALL = 100;

    @TempDir Path folder;

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    @Test
    void readsCommasAndQuotes() throws IOException {
        Path file = file("a.csv", "\"One, two.\",\"Say \"\"three\"\".\",4.5\n\nA,B,0\n");

        assertThat(SentencePairs.read(file, ALL).pairs())
                .containsExactly(new Pair("One, two.", "Say \"three\".", 4.5), new Pair("A", "B", 0));
    }

    @Test
    void readsTabsWithoutQuotesAndSkipsAHeading() throws IOException {
        Path file = file("a.tsv", "sentence1\tsentence2\tscore\n\"A\tB, \"C\"\t1\n");

        assertThat(SentencePairs.read(file, ALL).pairs()).containsExactly(new Pair("\"A", "B, \"C\"", 1));
    }

    @Test
    void readsNoMoreThanWanted() throws IOException {
        assertThat(SentencePairs.read(file("a.csv", "A,B,1\nC,D,2\nnothing more"), 2).pairs()).hasSize(2);
    }

    @Test
    void saysWhichRecordIsWrong() throws IOException {
        Path file = file("a.csv", "A,B,1\nC,2\n");

        assertThatThrownBy(() -> SentencePairs.read(file, ALL))
                .isInstanceOf(SkiveException.class)
                .hasMessageContaining("record 2")
                .extracting("code")
                .isEqualTo(ExitCode.USAGE);
    }

    /// Vectors whose angles grow as the scores fall.
    @Test
    void scoresAnEncoderThatAgreesWithPeople() {
        var pairs =
                new SentencePairs(
                        com.google.common.collect.ImmutableList.of(
                                new Pair("0", "1", 5), new Pair("0", "2", 3), new Pair("0", "3", 1)));
        var done = new ArrayList<Pair>();

        double score =
                new PairScore(pairs, Pooling.CLS)
                        .of(
                                sentence -> {
                                    double angle = Double.parseDouble(sentence) / 2;
                                    var values = new double[] {Math.cos(angle), Math.sin(angle), 9, 9};
                                    return Tensor.ofReals(ElementType.FLOAT32, values, 1, 2, 2);
                                },
                                done::add);

        assertThat(score).isEqualTo(1);
        assertThat(done).isEqualTo(pairs.pairs());
    }

    @Test
    void poolsByMeanOrByTheFirstToken() {
        Tensor output = Tensor.ofReals(ElementType.FLOAT32, new double[] {1, 2, 3, 6}, 1, 2, 2);

        assertThat(Pooling.MEAN.pool(output)).containsExactly(2, 4);
        assertThat(Pooling.CLS.pool(output)).containsExactly(1, 2);
        assertThat(Pooling.MEAN.pool(Tensor.ofReals(ElementType.FLOAT32, new double[] {1, 2}, 1, 2)))
                .containsExactly(1, 2);
    }
}
