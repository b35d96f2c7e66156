package dev.skive.verify.operator;

import static dev.skive.verify.operator.Sample.of;
import static dev.skive.verify.operator.SampleTypes.FLOATS;
import static dev.skive.verify.operator.SampleTypes.NUMBERS;
import static dev.skive.verify.operator.SampleTypes.REALS;
import static dev.skive.verify.operator.SampleTypes.STRING;

import com.google.common.collect.ImmutableSet;
import dev.skive.ir.type.ElementType;
import java.util.List;
import java.util.stream.Stream;

/// Samples of operators on text, of random generators, and of recurrent operators.
@SuppressWarnings("BadImport")
final class TextSamples {
    private TextSamples() {}

    static List<Sample> all() {
        return Stream.of(text(), random(), recurrent()).flatMap(stream -> stream).toList();
    }

    private static Stream<Sample> text() {
        return Stream.of(
                of("StringConcat", STRING).in(2, 3).in(3),
                of("StringNormalizer", STRING)
                        .text("Monday", "tuesday", "WEDNESDAY", "monday")
                        .set("case_change_action", "UPPER")
                        .set("is_case_sensitive", 1)
                        .set("locale", "C")
                        .texts("stopwords", "monday"),
                of("StringNormalizer", STRING)
                        .text("Monday", "tuesday")
                        .set("case_change_action", "LOWER")
                        .set("locale", "C"),
                of("StringSplit", STRING)
                        .text("a,b,c", "", "d", "e,f")
                        .set("delimiter", ",")
                        .set("maxsplit", 1)
                        .gives()
                        .gives(ElementType.INT64),
                of("StringSplit", STRING).text(" a  b ", "c").gives().gives(ElementType.INT64),
                of("RegexFullMatch", STRING)
                        .text("www.google.com", "www.facebook.com", "bbc.co.uk")
                        .set("pattern", "www\\.[\\w.-]+\\.\\bcom\\b")
                        .gives(ElementType.BOOL),
                grams(ImmutableSet.of(ElementType.INT32, ElementType.INT64))
                        .given(1, 1, 3, 3, 3, 7, 8, 6, 7, 5, 6, 8)
                        .set("pool_int64s", new long[] {2, 3, 5, 4, 5, 6, 7, 8, 6, 7}),
                grams(STRING)
                        .text("a", "b", "c", "b", "c", "d")
                        .texts("pool_strings", "a", "b", "c", "d", "b", "c", "c", "d", "d", "a"),
                of("Equal", STRING).in(2, 3).in(3).gives(ElementType.BOOL).from(19));
    }

    private static Sample grams(ImmutableSet<ElementType> types) {
        return of("TfIdfVectorizer", types)
                .set("mode", "TF")
                .set("min_gram_length", 1)
                .set("max_gram_length", 2)
                .set("max_skip_count", 1)
                .set("ngram_counts", new long[] {0, 4})
                .set("ngram_indexes", new long[] {0, 1, 2, 3, 4, 5, 6})
                .gives(ElementType.FLOAT32);
    }

    private static Stream<Sample> random() {
        return Stream.of(
                of("RandomNormal", REALS).nodes("y0 = RandomNormal(){shape=[3, 4], dtype=$type, mean=1.0}"),
                of("RandomUniform", REALS).nodes("y0 = RandomUniform(){shape=[3, 4], dtype=$type, seed=1.0}"),
                of("RandomNormalLike", REALS).in(3, 4),
                of("RandomNormalLike", REALS)
                        .in(ElementType.INT32, 3, 4)
                        .nodes("y0 = RandomNormalLike(x0){dtype=$type}"),
                of("RandomUniformLike", REALS).in(3, 4).real("low", 2).real("high", 5),
                of("Bernoulli", REALS).range(0, 1).in(3, 4),
                of("Bernoulli", NUMBERS)
                        .range(0, 1)
                        .in(ElementType.FLOAT32, 3, 4)
                        .nodes("y0 = Bernoulli(x0){dtype=$type}"),
                of("Multinomial", FLOATS).in(2, 5).set("sample_size", 3).gives(ElementType.INT32),
                of("Multinomial", FLOATS).in(2, 5).set("dtype", 7).gives(ElementType.INT64));
    }

    private static Stream<Sample> recurrent() {
        return Stream.of("RNN", "GRU", "LSTM")
                .flatMap(name -> {
                    int gates = name.equals("LSTM") ? 4 : name.equals("GRU") ? 3 : 1;
                    long wide = gates * 3L;
                    Sample forward = of(name, REALS).range(-1, 1).in(3, 2, 4).constant(1, wide, 4).constant(1, wide, 3);
                    Sample both =
                            of(name, REALS)
                                    .range(-1, 1)
                                    .in(3, 2, 4)
                                    .in(2, wide, 4)
                                    .in(2, wide, 3)
                                    .in(2, 2 * wide)
                                    .fixed(ElementType.INT32, new double[] {3, 2}, 2)
                                    .in(2, 2, 3)
                                    .set("direction", "bidirectional");
                    Sample batchFirst =
                            of(name, REALS)
                                    .range(-1, 1)
                                    .in(2, 3, 4)
                                    .constant(1, wide, 4)
                                    .constant(1, wide, 3)
                                    .set("layout", 1)
                                    .from(14);
                    Sample backward =
                            of(name, REALS)
                                    .range(-1, 1)
                                    .in(3, 2, 4)
                                    .constant(1, wide, 4)
                                    .constant(1, wide, 3)
                                    .set("direction", "reverse")
                                    .real("clip", 0.5);
                    Stream<Sample> all = Stream.of(forward, both, batchFirst, backward);
                    if (name.equals("LSTM")) {
                        both.in(2, 2, 3).in(2, 9).gives();
                    }
                    if (name.equals("GRU")) {
                        backward.set("linear_before_reset", 1);
                    }
                    return all.map(sample -> sample.set("hidden_size", 3).gives().gives());
                });
    }
}
