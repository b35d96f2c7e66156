package dev.skive.codegen.emit;

import com.google.common.collect.ImmutableList;
import com.palantir.javapoet.CodeBlock;
import dev.skive.ir.op.ScalarExpr;
import dev.skive.ir.op.ScalarExpr.Apply;
import dev.skive.ir.op.ScalarExpr.Argument;
import dev.skive.ir.op.ScalarExpr.Convert;
import dev.skive.ir.op.ScalarExpr.Literal;
import dev.skive.ir.op.ScalarFunction;
import dev.skive.ir.type.ElementType;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Formulas over float32 as statements on vectors, one local variable per step; nothing is called, so nothing can end
/// up on the heap. `exp`, `erf` and `tanh` are written out as the same polynomials that `ScalarMath` uses.
final class VectorExpression {
    private static final Pattern TYPE = Pattern.compile("\\$[VO]");
    private static final double[] P = {2.2146923e-08, 6.3561665e-06, 0.0001738166, 0.004707048, 0.03437289, 0.39894223};
    private static final double[] Q = {1.1802326e-06, 7.509034e-05, 0.0019127845, 0.02893821, 0.25282577, 1};

    private final CodeBlock.Builder code;
    private final List<String> arguments;
    private int locals;

    VectorExpression(CodeBlock.Builder code, List<String> arguments) {
        this.code = code;
        this.arguments = arguments;
    }

    /// True when a formula over float32 arguments can be written on vectors.
    static boolean supports(ScalarExpr expression) {
        return switch (expression) {
            case Argument argument -> true;
            case Literal literal -> true;
            case Convert(ElementType to, ScalarExpr value) -> to == ElementType.FLOAT32 && supports(value);
            case Apply(ScalarFunction function, var parts) ->
                    switch (function) {
                        case ADD,
                                SUBTRACT,
                                MULTIPLY,
                                DIVIDE,
                                MINIMUM,
                                MAXIMUM,
                                NEGATE,
                                ABSOLUTE,
                                SQUARE_ROOT,
                                EXPONENTIAL,
                                ERROR_FUNCTION,
                                TANGENT_HYPERBOLIC ->
                                parts.stream().allMatch(VectorExpression::supports);
                        default -> false;
                    };
        };
    }

    /// Writes the statements that compute an expression.
    ///
    /// @return the name of the variable that holds the result
    String write(ScalarExpr expression) {
        return switch (expression) {
            case Argument(int index) -> arguments.get(index);
            case Literal(double value) -> broadcast((float) value);
            case Convert(ElementType to, ScalarExpr value) -> write(value);
            case Apply(ScalarFunction function, var parts) -> apply(function, parts);
        };
    }

    private String apply(ScalarFunction function, ImmutableList<ScalarExpr> parts) {
        String a = write(parts.getFirst());
        if (parts.size() == 2 && parts.get(1) instanceof Literal(double value)) {
            return binary(function, a, literal((float) value));
        }
        if (parts.size() == 2) {
            return binary(function, a, write(parts.get(1)));
        }
        return switch (function) {
            case NEGATE -> local(a + ".neg()");
            case ABSOLUTE -> local(a + ".abs()");
            case SQUARE_ROOT -> local(a + ".sqrt()");
            case EXPONENTIAL -> exponential(a);
            case ERROR_FUNCTION -> errorFunction(a);
            case TANGENT_HYPERBOLIC -> tangentHyperbolic(a);
            default -> throw new AssertionError(function + " is not supported on vectors");
        };
    }

    private String binary(ScalarFunction function, String a, String b) {
        String name =
                switch (function) {
                    case ADD -> "add";
                    case SUBTRACT -> "sub";
                    case MULTIPLY -> "mul";
                    case DIVIDE -> "div";
                    case MINIMUM -> "min";
                    case MAXIMUM -> "max";
                    default -> throw new AssertionError(function + " is not supported on vectors");
                };
        return local(a + "." + name + "(" + b + ")");
    }

    /// `e^x`: rounding to a multiple of ln 2 by adding 1.5 * 2^23, a polynomial for the rest, the exponent added to the
    /// bits. 0 below -104, infinity above 88.72.
    String exponential(String x) {
        String clamped = local(x + ".max(-104f).min(128f)");
        String shifted = local(clamped + ".fma($V.broadcast(SPECIES, 1.442695f), $V.broadcast(SPECIES, 0x1.8p23f))");
        String n = local(shifted + ".sub(0x1.8p23f)");
        String r = local(n + ".fma($V.broadcast(SPECIES, -0.693145751953125f), " + clamped + ")");
        String rest = local(n + ".fma($V.broadcast(SPECIES, -1.4286068e-6f), " + r + ")");
        String p =
                horner(
                        rest,
                        "0.00019875691f",
                        "0.0013981999f",
                        "0.008333452f",
                        "0.041665796f",
                        "0.16666666f",
                        "0.5f",
                        "1f",
                        "1f");
        // Two halves of the exponent, so that results near both ends are right.
        String half = local(n + ".mul(0.5f).add(0x1.8p23f)");
        String low = power("(" + half + ")");
        String other = local(n + ".sub(" + half + ".sub(0x1.8p23f)).add(0x1.8p23f)");
        String high = power("(" + other + ")");
        return local(p + ".mul(" + low + ").mul(" + high + ")");
    }

    /// Two to the integer in the low bits of a shifted number.
    private String power(String shifted) {
        return local(shifted + ".reinterpretAsInts().lanewise($O.LSHL, 23).add(0x3f800000).reinterpretAsFloats()");
    }

    /// `erf(z)` as twice the fit of the normal distribution function `Phi(x) - 1/2 = x P(x^2) / Q(x^2)` at
    /// `x = z sqrt(2)`; beyond `|x| = 5.6` it is 1 in float32.
    private String errorFunction(String x) {
        String z = local(x + ".max(-3.9597979f).min(3.9597979f)");
        String t = local(z + ".mul(" + z + ")");
        String p = horner(t, scaled(2 * Math.sqrt(2), P));
        String q = horner(t, scaled(1, Q));
        return local(z + ".mul(" + p + ").div(" + q + ")");
    }

    /// Coefficients over x^2 turned into coefficients over z^2 = x^2 / 2.
    private static String[] scaled(double factor, double[] coefficients) {
        var texts = new String[coefficients.length];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = literal((float) (factor * coefficients[i] * Math.pow(2, coefficients.length - 1.0 - i)));
        }
        return texts;
    }

    /// `tanh(x) = 1 - 2 / (e^2x + 1)`, and the odd series near 0 where that would cancel.
    private String tangentHyperbolic(String x) {
        String power = exponential(local(x + ".max(-9.1f).min(9.1f).mul(2f)"));
        String far = local("$V.broadcast(SPECIES, 1f).sub($V.broadcast(SPECIES, 2f).div(" + power + ".add(1f)))");
        String t = local(x + ".mul(" + x + ")");
        String series =
                horner(t, "-0.0088632355f", "0.021869488f", "-0.053968254f", "0.13333334f", "-0.33333334f", "1f");
        String near = local(x + ".mul(" + series + ")");
        return local(far + ".blend(" + near + ", " + x + ".abs().lt(0.35f))");
    }

    private String horner(String x, String... coefficients) {
        var text = new StringBuilder("$V.broadcast(SPECIES, " + coefficients[0] + ")");
        for (int i = 1; i < coefficients.length; i++) {
            text.append(".fma(").append(x).append(", $V.broadcast(SPECIES, ").append(coefficients[i]).append("))");
        }
        return local(text.toString());
    }

    private String broadcast(float value) {
        return local("$V.broadcast(SPECIES, " + literal(value) + ")");
    }

    private static String literal(float value) {
        if (Float.isNaN(value)) {
            return "Float.NaN";
        }
        return Float.isInfinite(value)
                ? (value > 0 ? "Float.POSITIVE_INFINITY" : "Float.NEGATIVE_INFINITY")
                : value + "f";
    }

    /// Declares a variable; `$V` stands for the vector class, `$O` for the operators.
    private String local(String expression) {
        String name = "t" + locals++;
        var types = new ArrayList<Object>(List.of(VectorCode.VECTOR));
        Matcher matcher = TYPE.matcher(expression);
        while (matcher.find()) {
            types.add(matcher.group().equals("$V") ? VectorCode.VECTOR : VectorCode.OPERATORS);
        }
        code.addStatement("final $T " + name + " = " + TYPE.matcher(expression).replaceAll("\\$T"), types.toArray());
        return name;
    }
}
