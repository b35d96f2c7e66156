package dev.skive.ir.op;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.eval.Datum;
import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Type;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.stream.IntStream;

/// Numbers as text
///
/// **Shapes**: `[d...]` -> `[d...]`.
/// **Types**: numbers or booleans -> text.
/// **Numerics**: real numbers with 8 significant digits, also `f64`, as `%g` writes them; `NaN`, `INF`, `-INF`.
/// **Errors**: none.
/// **Source**: ONNX `Cast` to strings, as ONNX Runtime does it.
public record TextFromNumber() implements Dynamic {
    private static final int DIGITS = 8;

    @Override
    public Arity arity() {
        return Arity.exactly(1);
    }

    @Override
    public ImmutableList<Type> infer(Operands operands) {
        return ImmutableList.of(operands.tensor(0).withElement(ElementType.STRING));
    }

    @Override
    public ImmutableList<? extends Datum> evaluate(Evaluation evaluation) {
        Tensor x = evaluation.operand(0);
        ImmutableList<String> text =
                IntStream.range(0, x.count())
                        .mapToObj(
                                i -> x.element().isReal() ? real(x.reals()[i]) : integer(x.element(), x.integers()[i]))
                        .collect(ImmutableList.toImmutableList());
        return ImmutableList.of(Tensor.ofText(text, x.sizes()));
    }

    private static String integer(ElementType element, long value) {
        return element == ElementType.UINT64 ? Long.toUnsignedString(value) : Long.toString(value);
    }

    private static String real(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "INF" : "-INF";
        }
        if (value == 0) {
            return 1 / value > 0 ? "0" : "-0";
        }
        var rounded = new BigDecimal(value).round(new MathContext(DIGITS, RoundingMode.HALF_EVEN));
        int exponent = rounded.precision() - rounded.scale() - 1;
        BigDecimal shortest = rounded.stripTrailingZeros();
        if (exponent < -4 || exponent >= DIGITS) {
            String mantissa = shortest.movePointLeft(exponent).toPlainString();
            return "%se%s%02d".formatted(mantissa, exponent < 0 ? "-" : "+", Math.abs(exponent));
        }
        return shortest.toPlainString();
    }
}
