package dev.skive.ir.op;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.eval.Datum;
import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Type;
import dev.skive.ir.type.TypeError;

/// The numbers that texts say
///
/// **Shapes**: `[d...]` -> `[d...]`.
/// **Types**: text -> numbers.
/// **Numerics**: correctly rounded; integers wrap as ONNX Runtime's do.
/// **Errors**: at run time, a text that is not a number.
/// **Source**: ONNX `Cast` from strings.
///
/// @param to the element type of the result
public record TextToNumber(ElementType to) implements Dynamic {
    @Override
    public Arity arity() {
        return Arity.exactly(1);
    }

    @Override
    public ImmutableList<Type> infer(Operands operands) {
        TypeError.check(to.isReal() || to.isInteger() || to == ElementType.BOOL, "text cannot become %s", to);
        return ImmutableList.of(operands.tensor(0).withElement(to));
    }

    @Override
    public ImmutableList<? extends Datum> evaluate(Evaluation evaluation) {
        Tensor text = evaluation.operand(0);
        return ImmutableList.of(
                to.isReal()
                        ? Tensor.ofReals(
                                to, text.text().stream().mapToDouble(TextToNumber::real).toArray(), text.sizes())
                        : Tensor.ofIntegers(
                                to, text.text().stream().mapToLong(word -> integer(word)).toArray(), text.sizes()));
    }

    private static double real(String word) {
        String text = word.strip();
        try {
            return switch (Ascii.toLowerCase(text)) {
                case "nan", "+nan", "-nan" -> Double.NaN;
                case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
                case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
                default -> Double.parseDouble(text);
            };
        } catch (NumberFormatException e) {
            throw new SkiveException(ExitCode.USAGE, "'" + word + "' is not a number", e);
        }
    }

    private long integer(String word) {
        try {
            String text = word.strip();
            long value = to == ElementType.UINT64 ? Long.parseUnsignedLong(text) : Long.parseLong(text);
            return to == ElementType.BOOL ? (value == 0 ? 0 : 1) : to.wrap(value);
        } catch (NumberFormatException e) {
            throw new SkiveException(ExitCode.USAGE, "'" + word + "' is not an integer", e);
        }
    }
}
