package dev.skive.frontend.onnx.operator;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Expand;
import dev.skive.ir.op.TextCodes;
import dev.skive.ir.op.TextConcat;
import dev.skive.ir.op.TextFrequencies;
import dev.skive.ir.op.TextFromNumber;
import dev.skive.ir.op.TextMatch;
import dev.skive.ir.op.TextNormalize;
import dev.skive.ir.op.TextSplit;
import dev.skive.ir.op.TextToNumber;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.IntStream;

/// Operators on text.
final class TextImporters {
    private TextImporters() {}

    /// The importers by name.
    static ImmutableMap<String, NodeImporter> all() {
        NodeImporter.Single concat = TextImporters::concat;
        NodeImporter.Single match = TextImporters::match;
        NodeImporter.Single normalize = TextImporters::normalize;
        NodeImporter.Single frequencies = TextImporters::frequencies;
        return ImmutableMap.of(
                "RegexFullMatch", match,
                "StringConcat", concat,
                "StringNormalizer", normalize,
                "StringSplit", TextImporters::split,
                "TfIdfVectorizer", frequencies);
    }

    /// Numbers as text, or text as numbers.
    static Value cast(NodeContext node, ElementType to) {
        Value x = node.operand(0);
        return node.addDynamic(to == ElementType.STRING ? new TextFromNumber() : new TextToNumber(to), x).getFirst();
    }

    private static Value concat(NodeContext node) {
        Shape shape = Shape.broadcast(node.shape(0), node.shape(1));
        return node.addDynamic(new TextConcat(), expanded(node, 0, shape), expanded(node, 1, shape)).getFirst();
    }

    private static Value expanded(NodeContext node, int index, Shape shape) {
        Value x = node.operand(index);
        return x.shape().equals(shape) ? x : node.add(new Expand(shape.dims()), x);
    }

    private static ImmutableList<Value> split(NodeContext node) {
        String delimiter = node.attributes().text("delimiter", "");
        long most = node.attributes().integer("maxsplit", -1);
        if (most < -1 || most > Integer.MAX_VALUE - 1) {
            throw node.failure("maxsplit must be -1 or more, found %s", most);
        }
        return node.addDynamic(new TextSplit(delimiter, most, node.freshSymbol("pieces")), node.operand(0));
    }

    private static Value match(NodeContext node) {
        String pattern = node.attributes().text("pattern", "");
        try {
            Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            throw node.failure("'%s' is not a regular expression: %s", pattern, e.getDescription());
        }
        return node.addDynamic(new TextMatch(pattern), node.operand(0)).getFirst();
    }

    private static Value normalize(NodeContext node) {
        String change = node.attributes().text("case_change_action", "NONE");
        if (!List.of("LOWER", "NONE", "UPPER").contains(change)) {
            throw node.failure("case_change_action must be LOWER, UPPER or NONE, found '%s'", change);
        }
        var op =
                new TextNormalize(
                        TextNormalize.Change.valueOf(change),
                        node.attributes().flag("is_case_sensitive", false),
                        node.attributes().texts("stopwords").orElse(ImmutableList.of()),
                        node.attributes().text("locale", Locale.US.toLanguageTag()),
                        node.freshSymbol("words"));
        return node.addDynamic(op, node.operand(0)).getFirst();
    }

    private static Value frequencies(NodeContext node) {
        Value x = node.operand(0);
        ImmutableList<Long> pool;
        if (TextMoves.isText(x)) {
            // Codes of the pool's texts come first, in order, so that they are known; then those of the operand's.
            ImmutableList<String> words =
                    node.attributes().texts("pool_strings").orElseThrow(() -> missing(node, "pool_strings"));
            Value known = node.constant(TensorData.ofText(words, words.size()));
            x = node.addDynamic(new TextCodes(), known, x).get(1);
            var distinct = new ArrayList<String>();
            pool =
                    words.stream()
                            .map(word -> {
                                if (!distinct.contains(word)) {
                                    distinct.add(word);
                                }
                                return (long) distinct.indexOf(word);
                            })
                            .collect(ImmutableList.toImmutableList());
        } else {
            pool = required(node, "pool_int64s");
        }
        return node.addDynamic(frequencies(node, pool), x).getFirst();
    }

    private static dev.skive.ir.SkiveException missing(NodeContext node, String attribute) {
        return node.failure("attribute '%s' is missing", attribute);
    }

    private static ImmutableList<Long> required(NodeContext node, String attribute) {
        return node.attributes().integers(attribute).orElseThrow(() -> missing(node, attribute));
    }

    private static int number(NodeContext node, String attribute) {
        return Math.toIntExact(node.attributes().integer(attribute).orElseThrow(() -> missing(node, attribute)));
    }

    private static TextFrequencies frequencies(NodeContext node, ImmutableList<Long> pool) {
        ImmutableList<Long> starts = required(node, "ngram_counts");
        ImmutableList<Long> places = required(node, "ngram_indexes");
        int shortest = number(node, "min_gram_length");
        int longest = number(node, "max_gram_length");
        var grams = new ArrayList<ImmutableList<Long>>();
        for (int length = 1; length <= starts.size(); length++) {
            int start = Math.toIntExact(starts.get(length - 1));
            int end = length < starts.size() ? Math.toIntExact(starts.get(length)) : pool.size();
            for (int at = start; at + length <= end; at += length) {
                grams.add(pool.subList(at, at + length));
            }
        }
        if (grams.size() != places.size()) {
            throw node.failure("%s n-grams, but %s places for them", grams.size(), places.size());
        }
        ImmutableList<Float> weights =
                node.attributes()
                        .reals("weights")
                        .orElseGet(() ->
                                IntStream.range(0, grams.size())
                                        .mapToObj(i -> 1f)
                                        .collect(ImmutableList.toImmutableList()));
        long outputs = places.stream().mapToLong(place -> place + 1).max().orElse(0);
        return new TextFrequencies(
                mode(node),
                shortest,
                longest,
                number(node, "max_skip_count"),
                Math.toIntExact(outputs),
                ImmutableList.copyOf(grams),
                places.stream().map(Math::toIntExact).collect(ImmutableList.toImmutableList()),
                weights);
    }

    private static TextFrequencies.Mode mode(NodeContext node) {
        String mode = node.attributes().text("mode", "");
        return switch (Ascii.toUpperCase(mode)) {
            case "TF" -> TextFrequencies.Mode.TF;
            case "IDF" -> TextFrequencies.Mode.IDF;
            case "TFIDF" -> TextFrequencies.Mode.TFIDF;
            default -> throw node.failure("mode must be TF, IDF or TFIDF, found '%s'", mode);
        };
    }
}
