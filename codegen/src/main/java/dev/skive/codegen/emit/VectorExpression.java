package dev.skive.codegen.emit;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.palantir.javapoet.CodeBlock;
import dev.skive.ir.op.ScalarExpr;
import dev.skive.ir.op.ScalarExpr.Apply;
import dev.skive.ir.op.ScalarExpr.Argument;
import dev.skive.ir.op.ScalarExpr.Bits;
import dev.skive.ir.op.ScalarExpr.Convert;
import dev.skive.ir.op.ScalarExpr.Literal;
import dev.skive.ir.op.ScalarFunction;
import dev.skive.ir.type.ElementType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Formulas over float32 as statements on vectors, one local variable per step, and one for equal steps; nothing is
/// called, so nothing can end up on the heap. `exp`, `erf` and `tanh` do the same operations in the
/// same order as their twins in `ScalarMath`, which names their errors, and give the same bits.
final class VectorExpression {
    private static final Pattern TYPE = Pattern.compile("\\$[VO]");

    private static final ImmutableMap<ScalarFunction, String> COMPARISONS =
            ImmutableMap.of(ScalarFunction.EQUAL, "EQ", ScalarFunction.LESS, "LT", ScalarFunction.LESS_OR_EQUAL, "LE");

    private final CodeBlock.Builder code;
    private final List<String> arguments;
    private final Map<ScalarExpr, String> written = new HashMap<>();
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
            case Bits bits -> false;
            case Apply(ScalarFunction function, var parts) when function == ScalarFunction.SELECT ->
                    isComparison(parts.getFirst()) && parts.stream().skip(1).allMatch(VectorExpression::supports);
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
                                ROUND,
                                SQUARE_ROOT,
                                EXPONENTIAL,
                                ERROR_FUNCTION,
                                TANGENT_HYPERBOLIC ->
                                parts.stream().allMatch(VectorExpression::supports);
                        default -> false;
                    };
        };
    }

    private static boolean isComparison(ScalarExpr expression) {
        return expression instanceof Apply(ScalarFunction function, var parts)
                && COMPARISONS.containsKey(function)
                && parts.stream().allMatch(VectorExpression::supports);
    }

    /// Writes the statements that compute an expression.
    ///
    /// @return the name of the variable that holds the result
    String write(ScalarExpr expression) {
        String known = written.get(expression);
        if (known != null) {
            return known;
        }
        String name =
                switch (expression) {
                    case Argument(int index) -> arguments.get(index);
                    case Literal(double value) -> broadcast((float) value);
                    case Convert(ElementType to, ScalarExpr value) -> write(value);
                    case Bits bits -> throw new AssertionError(bits + " on vectors");
                    case Apply(ScalarFunction function, var parts) -> apply(function, parts);
                };
        written.put(expression, name);
        return name;
    }

    private String apply(ScalarFunction function, ImmutableList<ScalarExpr> parts) {
        if (function == ScalarFunction.SELECT) {
            return select(parts);
        }
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
            case ROUND -> round(a);
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

    private String select(ImmutableList<ScalarExpr> parts) {
        if (!(parts.getFirst() instanceof Apply(ScalarFunction test, var compared))) {
            throw new AssertionError("not a comparison: " + parts.getFirst());
        }
        String left = write(compared.get(0));
        String right = write(compared.get(1));
        String chosen = write(parts.get(1));
        String otherwise = write(parts.get(2));
        return local(
                otherwise
                        + ".blend("
                        + chosen
                        + ", "
                        + left
                        + ".compare($O."
                        + COMPARISONS.get(test)
                        + ", "
                        + right
                        + "))");
    }

    /// To the nearest integer, ties to even, as `Math.rint`: numbers from `2^23` on are integers, smaller ones lose what is
    /// behind the point when `2^23` is added. The sign stays, also that of zero.
    private String round(String x) {
        String size = local(x + ".abs()");
        String whole = local(size + ".add(0x1p23f).sub(0x1p23f)");
        String sign = local(x + ".reinterpretAsInts().lanewise($O.AND, 0x80000000).reinterpretAsFloats()");
        String signed =
                local(
                        whole
                                + ".reinterpretAsInts().lanewise($O.OR, "
                                + sign
                                + ".reinterpretAsInts()).reinterpretAsFloats()");
        return local(x + ".blend(" + signed + ", " + size + ".lt(0x1p23f))");
    }

    /// `e^x` as in `ScalarMath.exp`.
    private String exponential(String x) {
        String c = clamp(x, -87.33f, 89f);
        String n = fused(c, "1.442695f", "0x1.8p23f");
        String whole = local(n + ".sub(" + splat("0x1.8p23f") + ")");
        String near = fusedWith(whole, "-0.6931472f", c);
        String r = fusedWith(whole, "1.9046542e-9f", near);
        String p = horner(r, "0.002762919f", "0.016737437f", "0.08333678f", "0.33333042f", "0.9999999f", "2f", "2f");
        String power = local(n + ".reinterpretAsInts().add(126).lanewise($O.LSHL, 23).reinterpretAsFloats()");
        return local(p + ".mul(" + power + ")");
    }

    /// As in `ScalarMath.erf`.
    private String errorFunction(String x) {
        String c = clamp(x, -3.92f, 3.92f);
        String t = local(c + ".mul(" + c + ")");
        String p =
                horner(
                        t,
                        "6.6581665e-6f",
                        "4.0763972e-4f",
                        "0.004205884f",
                        "0.055640914f",
                        "0.19261362f",
                        "1.1283792f");
        String q =
                horner(
                        t,
                        "2.5295674e-7f",
                        "7.160809e-5f",
                        "0.0014122975f",
                        "0.016242078f",
                        "0.117320806f",
                        "0.5040328f",
                        "1f");
        return clamp(local(c + ".mul(" + p + ").div(" + q + ")"), -1f, 1f);
    }

    /// As in `ScalarMath.tanh`.
    private String tangentHyperbolic(String x) {
        String c = clamp(x, -9f, 9f);
        String t = local(c + ".mul(" + c + ")");
        String p = horner(t, "-1.2204376e-11f", "3.058633e-8f", "2.8008026e-5f", "0.0038683563f", "0.13679938f", "1f");
        String q = horner(t, "1.2874056e-6f", "3.9386813e-4f", "0.027245944f", "0.4701327f", "1f");
        return clamp(local(c + ".mul(" + p + ").div(" + q + ")"), -1f, 1f);
    }

    /// NaN passes: it is neither below nor above.
    private String clamp(String x, float low, float high) {
        String raised = local(x + ".blend(" + low + "f, " + x + ".lt(" + low + "f))");
        return local(raised + ".blend(" + high + "f, " + raised + ".compare($O.GT, " + high + "f))");
    }

    private String fused(String a, String factor, String summand) {
        return local(a + ".fma(" + splat(factor) + ", " + splat(summand) + ")");
    }

    private String fusedWith(String a, String factor, String summand) {
        return local(a + ".fma(" + splat(factor) + ", " + summand + ")");
    }

    /// A polynomial, highest power first.
    private String horner(String x, String... coefficients) {
        var text = new StringBuilder(x + ".fma(" + splat(coefficients[0]) + ", " + splat(coefficients[1]) + ")");
        for (int i = 2; i < coefficients.length; i++) {
            text.append(".fma(").append(x).append(", ").append(splat(coefficients[i])).append(")");
        }
        return local(text.toString());
    }

    private static String splat(String value) {
        return "$V.broadcast(SPECIES, " + value + ")";
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
