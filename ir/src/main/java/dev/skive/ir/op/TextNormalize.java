package dev.skive.ir.op;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.eval.Datum;
import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.Type;
import dev.skive.ir.type.TypeError;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/// Texts without stop words, in upper or lower case
///
/// **Shapes**: `[n]` or `[1, n]` -> `[m]` or `[1, m]`.
/// **Types**: text -> text.
/// **Numerics**: exact; when nothing is left, one empty text is.
/// **Errors**: none.
/// **Source**: ONNX `StringNormalizer`.
///
/// @param change what happens to case
/// @param isCaseSensitive whether stop words must match in case
/// @param stopWords what is left out
/// @param locale language tag of the rules of case
/// @param count the symbol that stands for how many texts are left
public record TextNormalize(
        Change change, boolean isCaseSensitive, ImmutableList<String> stopWords, String locale, String count)
        implements Dynamic {
    @Override
    public Arity arity() {
        return Arity.exactly(1);
    }

    @Override
    public ImmutableList<Type> infer(Operands operands) {
        Shape shape = operands.shape(0);
        TypeError.check(
                shape.rank() == 1 || (shape.rank() == 2 && !shape.dim(0).differsFrom(Dim.ONE)),
                "operand 0 must be [n] or [1, n], found %s",
                shape);
        return ImmutableList.of(operands.tensor(0).withShape(shape.with(-1, Dim.symbol(count))));
    }

    @Override
    public ImmutableList<? extends Datum> evaluate(Evaluation evaluation) {
        Tensor text = evaluation.operand(0);
        var rules = Locale.forLanguageTag(locale.replace('_', '-'));
        Set<String> stops = new HashSet<>();
        stopWords.forEach(word -> stops.add(isCaseSensitive ? word : word.toLowerCase(rules)));
        ImmutableList<String> left =
                text.text().stream()
                        .filter(word -> !stops.contains(isCaseSensitive ? word : word.toLowerCase(rules)))
                        .map(word -> change.apply(word, rules))
                        .collect(ImmutableList.toImmutableList());
        ImmutableList<String> words = left.isEmpty() ? ImmutableList.of("") : left;
        return ImmutableList.of(
                text.rank() == 1 ? Tensor.ofText(words, words.size()) : Tensor.ofText(words, 1, words.size()));
    }

    /// What happens to the case of letters.
    public enum Change {
        /// Lower case.
        LOWER,
        /// Nothing.
        NONE,
        /// Upper case.
        UPPER;

        private String apply(String word, Locale rules) {
            return switch (this) {
                case LOWER -> word.toLowerCase(rules);
                case NONE -> word;
                case UPPER -> word.toUpperCase(rules);
            };
        }
    }
}
