package dev.skive.runtime.dynamic;

import dev.skive.runtime.BooleanTensor;
import dev.skive.runtime.ElementKind;
import dev.skive.runtime.LongTensor;
import dev.skive.runtime.Sizes;
import dev.skive.runtime.StringTensor;
import dev.skive.runtime.Tensor;
import dev.skive.runtime.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Operators on text.
public final class Texts {
    private static final int DIGITS = 8;

    private Texts() {}

    private static StringTensor text(Value value) {
        if (value instanceof StringTensor text) {
            return text;
        }
        throw new IllegalArgumentException("the inputs lead to " + value + " where text is needed");
    }

    /// Elements of all operands but the last, by the places that the last gives.
    ///
    /// @throws IndexOutOfBoundsException when there is no such place
    public static Value pick(Value... operands) {
        var pool = new ArrayList<String>();
        for (int i = 0; i < operands.length - 1; i++) {
            pool.addAll(Arrays.asList(text(operands[i]).values()));
        }
        Tensor places = Control.tensor(operands[operands.length - 1]);
        long[] numbers = Elements.integers(places);
        var picked = new String[numbers.length];
        for (int i = 0; i < picked.length; i++) {
            picked[i] = pool.get(Sizes.index(numbers[i], pool.size()));
        }
        return StringTensor.of(picked, places.shape());
    }

    /// A number for each text, equal for equal texts, in the order in which they first occur.
    public static Value[] codes(Value... texts) {
        Map<String, Long> codes = new HashMap<>();
        var results = new Value[texts.length];
        for (int i = 0; i < texts.length; i++) {
            StringTensor text = text(texts[i]);
            long[] numbers = new long[text.values().length];
            for (int j = 0; j < numbers.length; j++) {
                numbers[j] = codes.computeIfAbsent(text.values()[j], added -> (long) codes.size());
            }
            results[i] = LongTensor.of(numbers, text.shape());
        }
        return results;
    }

    /// The texts of two tensors of one shape joined position by position.
    public static Value concat(Value left, Value right) {
        String[] first = text(left).values();
        String[] second = text(right).values();
        if (first.length != second.length) {
            throw new IllegalArgumentException("the inputs lead to texts of different shapes");
        }
        var joined = new String[first.length];
        for (int i = 0; i < joined.length; i++) {
            joined[i] = first[i] + second[i];
        }
        return StringTensor.of(joined, text(left).shape());
    }

    /// Texts cut at a delimiter, or at white space when it is empty, and how many pieces each has.
    ///
    /// @param most the most cuts, or -1 for no limit
    public static Value[] split(Value value, String delimiter, int most) {
        StringTensor text = text(value);
        var pieces = new ArrayList<List<String>>();
        int widest = 0;
        for (String word : text.values()) {
            List<String> row = pieces(word, delimiter, most);
            widest = Math.max(widest, row.size());
            pieces.add(row);
        }
        var all = new String[pieces.size() * widest];
        Arrays.fill(all, "");
        var counts = new long[pieces.size()];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = pieces.get(i).size();
            for (int j = 0; j < pieces.get(i).size(); j++) {
                all[i * widest + j] = pieces.get(i).get(j);
            }
        }
        long[] shape = Arrays.copyOf(text.shape(), text.rank() + 1);
        shape[text.rank()] = widest;
        return new Value[] {StringTensor.of(all, shape), LongTensor.of(counts, text.shape())};
    }

    private static List<String> pieces(String word, String delimiter, int most) {
        boolean isSpace = delimiter.isEmpty();
        String rest = isSpace ? word.strip() : word;
        if (rest.isEmpty()) {
            return List.of();
        }
        return Arrays.asList(rest.split(isSpace ? "\\s+" : Pattern.quote(delimiter), most < 0 ? -1 : most + 1));
    }

    /// Whether a regular expression matches the whole of each text.
    public static Value match(Value value, String pattern) {
        StringTensor text = text(value);
        var compiled = Pattern.compile(pattern);
        var matches = new boolean[text.values().length];
        for (int i = 0; i < matches.length; i++) {
            matches[i] = compiled.matcher(text.values()[i]).matches();
        }
        return BooleanTensor.of(matches, text.shape());
    }

    /// Texts without stop words, in upper case (`UPPER`), lower case (`LOWER`) or as they are.
    public static Value normalize(
            Value value, String change, boolean isCaseSensitive, String locale, String... stopWords) {
        StringTensor text = text(value);
        var rules = Locale.forLanguageTag(locale.replace('_', '-'));
        Set<String> stops = new HashSet<>();
        for (String word : stopWords) {
            stops.add(isCaseSensitive ? word : word.toLowerCase(rules));
        }
        var left = new ArrayList<String>();
        for (String word : text.values()) {
            if (!stops.contains(isCaseSensitive ? word : word.toLowerCase(rules))) {
                left.add(
                        switch (change) {
                            case "LOWER" -> word.toLowerCase(rules);
                            case "UPPER" -> word.toUpperCase(rules);
                            default -> word;
                        });
            }
        }
        if (left.isEmpty()) {
            left.add("");
        }
        long[] shape = text.shape();
        shape[shape.length - 1] = left.size();
        return StringTensor.of(left.toArray(String[]::new), shape);
    }

    /// Numbers as text: real ones as `%.8g`.
    public static Value fromNumber(Value value) {
        Tensor tensor = Control.tensor(value);
        boolean isReal =
                switch (tensor.kind()) {
                    case F32, F64, F16, BF16 -> true;
                    default -> false;
                };
        var text = new String[Math.toIntExact(tensor.count())];
        if (isReal) {
            double[] reals = Elements.reals(tensor);
            for (int i = 0; i < text.length; i++) {
                text[i] = Numerals.real(reals[i], DIGITS);
            }
        } else {
            long[] integers = Elements.integers(tensor);
            for (int i = 0; i < text.length; i++) {
                text[i] =
                        tensor.kind() == ElementKind.U64
                                ? Long.toUnsignedString(integers[i])
                                : Long.toString(integers[i]);
            }
        }
        return StringTensor.of(text, tensor.shape());
    }

    /// The numbers that texts say.
    ///
    /// @throws IllegalArgumentException when one says none
    public static Value toNumber(Value value, ElementKind kind) {
        StringTensor text = text(value);
        String[] words = text.values();
        boolean isReal =
                switch (kind) {
                    case F32, F64, F16, BF16 -> true;
                    default -> false;
                };
        if (isReal) {
            var reals = new double[words.length];
            for (int i = 0; i < reals.length; i++) {
                reals[i] = Numerals.real(words[i]);
            }
            return Elements.ofReals(kind, reals, text.shape());
        }
        var integers = new long[words.length];
        for (int i = 0; i < integers.length; i++) {
            integers[i] = Numerals.integer(words[i], kind == ElementKind.U64);
        }
        return Elements.ofIntegers(kind, integers, text.shape());
    }
}
