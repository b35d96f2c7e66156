package dev.skive.ir.op;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.eval.Datum;
import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Type;
import java.util.regex.Pattern;

/// Whether a pattern matches the whole of each text
///
/// **Shapes**: `[d...]` -> `[d...]`.
/// **Types**: text -> `bool`.
/// **Numerics**: exact.
/// **Errors**: a pattern that is not a regular expression.
/// **Source**: ONNX `RegexFullMatch`.
///
/// @param pattern a regular expression in the syntax that RE2 and Java share
public record TextMatch(String pattern) implements Dynamic {
    @Override
    public Arity arity() {
        return Arity.exactly(1);
    }

    @Override
    public ImmutableList<Type> infer(Operands operands) {
        return ImmutableList.of(operands.tensor(0).withElement(ElementType.BOOL));
    }

    @Override
    public ImmutableList<? extends Datum> evaluate(Evaluation evaluation) {
        Tensor text = evaluation.operand(0);
        var compiled = Pattern.compile(pattern);
        long[] matches = text.text().stream().mapToLong(word -> compiled.matcher(word).matches() ? 1 : 0).toArray();
        return ImmutableList.of(Tensor.ofIntegers(ElementType.BOOL, matches, text.sizes()));
    }
}
