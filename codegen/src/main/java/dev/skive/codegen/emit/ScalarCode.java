package dev.skive.codegen.emit;

import com.google.common.collect.ImmutableList;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.data.Elements;
import dev.skive.ir.op.ScalarExpr;
import dev.skive.ir.op.ScalarExpr.Apply;
import dev.skive.ir.op.ScalarExpr.Argument;
import dev.skive.ir.op.ScalarExpr.Bits;
import dev.skive.ir.op.ScalarExpr.Convert;
import dev.skive.ir.op.ScalarExpr.Literal;
import dev.skive.ir.op.ScalarFunction;
import dev.skive.ir.type.ElementType;
import java.util.List;

/// Scalar expressions as Java source. Float32 is computed in `float`, float64 in `double`, integers in `long`,
/// booleans as `boolean`.
///
/// @param arguments one Java expression per argument, of the Java type [#javaType] gives
/// @param types the element types of the arguments
/// @param literalType the type of real literals
record ScalarCode(List<String> arguments, ImmutableList<ElementType> types, ElementType literalType) {
    /// The Java type an element type is computed in.
    static String javaType(ElementType type) {
        return switch (type.kind()) {
            case REAL -> type == ElementType.FLOAT64 ? "double" : "float";
            case SIGNED, UNSIGNED -> "long";
            case BOOLEAN -> "boolean";
            default -> throw unsupported(type);
        };
    }

    /// An element in storage as a value to compute with.
    static String load(String element, ElementType type) {
        return switch (type) {
            case FLOAT32, FLOAT64, INT64, UINT64 -> element;
            case INT32, INT16, INT8, INT4, INT2, UINT4, UINT2 -> "(long) " + element;
            case UINT32 -> "(" + element + " & 0xFFFFFFFFL)";
            case UINT16 -> "(" + element + " & 0xFFFFL)";
            case UINT8 -> "(" + element + " & 0xFFL)";
            case BOOL -> "(" + element + " != 0)";
            case FLOAT16 -> "Float.float16ToFloat(" + element + ")";
            case BFLOAT16 -> "Float.intBitsToFloat(" + element + " << 16)";
            case FLOAT8E4M3FN, FLOAT8E4M3FNUZ, FLOAT8E5M2, FLOAT8E5M2FNUZ, FLOAT8E8M0, FLOAT4E2M1 ->
                    SmallFloats.load(element, type);
            default -> throw unsupported(type);
        };
    }

    /// An element in storage as a `float`.
    static CodeBlock asFloat(String element, ElementType type) {
        return convert(ElementType.FLOAT32, type, CodeBlock.of("$L", load(element, type)));
    }

    /// A computed value as it is stored.
    static CodeBlock store(CodeBlock value, ElementType type) {
        return switch (type) {
            case FLOAT32, FLOAT64, INT64, UINT64 -> value;
            case INT32, UINT32 -> CodeBlock.of("(int) ($L)", value);
            case INT16, UINT16 -> CodeBlock.of("(short) ($L)", value);
            case INT8, UINT8 -> CodeBlock.of("(byte) ($L)", value);
            case BOOL -> CodeBlock.of("(byte) ($L ? 1 : 0)", value);
            case FLOAT16 -> CodeBlock.of("Float.floatToFloat16($L)", value);
            case BFLOAT16 -> call(RuntimeTypes.REAL_MATH, "floatToBfloat16", value);
            case INT4, INT2, UINT4, UINT2 -> CodeBlock.of("(byte) $L", wrapped(type, value));
            case FLOAT8E4M3FN, FLOAT8E4M3FNUZ, FLOAT8E5M2, FLOAT8E5M2FNUZ, FLOAT8E8M0, FLOAT4E2M1 ->
                    SmallFloats.encode(type, value);
            default -> throw unsupported(type);
        };
    }

    /// A Java variable as it is stored.
    static CodeBlock store(String variable, ElementType type) {
        return store(CodeBlock.of("$L", variable), type);
    }

    private static SkiveException unsupported(ElementType type) {
        return new SkiveException(
                ExitCode.INVALID_MODEL, "generated code cannot compute with element type " + type + " yet");
    }

    /// An expression as Java source.
    CodeBlock print(ScalarExpr expression) {
        return switch (expression) {
            case Argument(int index) -> CodeBlock.of("$L", arguments.get(index));
            case Literal(double value) -> CodeBlock.of("$L", literal(value, literalType));
            case Convert(ElementType to, Literal(double value)) -> CodeBlock.of("$L", literal(value, to));
            case Convert(ElementType to, ScalarExpr value) -> convert(to, type(value), print(value));
            case Bits(ElementType to, ScalarExpr value) -> bits(to, type(value), print(value));
            case Apply(ScalarFunction function, var parts) -> apply(function, parts);
        };
    }

    /// A value as it is stored, read as another type.
    private static CodeBlock bits(ElementType to, ElementType from, CodeBlock value) {
        CodeBlock stored =
                switch (from) {
                    case FLOAT64 -> CodeBlock.of("Double.doubleToRawLongBits($L)", value);
                    case FLOAT32 -> CodeBlock.of("Float.floatToRawIntBits($L)", value);
                    default -> store(value, from);
                };
        return switch (to) {
            case FLOAT64 -> CodeBlock.of("Double.longBitsToDouble($L)", stored);
            case FLOAT32 -> CodeBlock.of("Float.intBitsToFloat($L)", stored);
            case FLOAT4E2M1 -> CodeBlock.of("$L", load("(" + stored + " & 0xF)", to));
            default -> CodeBlock.of("$L", wrapped(to, load("(" + stored + ")", to)));
        };
    }

    /// A loaded element, cut to its width where a byte holds more.
    private static CodeBlock wrapped(ElementType type, String loaded) {
        CodeBlock value = CodeBlock.of("$L", loaded);
        return type.isInteger() && type.bits() < Byte.SIZE ? wrapped(type, value) : value;
    }

    private ElementType type(ScalarExpr expression) {
        return expression.type(types, literalType);
    }

    /// A number as a literal of the Java type an element type is computed in; an integer too large becomes the greatest.
    static String literal(double value, ElementType type) {
        return switch (javaType(type)) {
            case "float" -> real("Float", Double.isFinite(value) ? (float) value + "f" : "", value);
            case "double" -> real("Double", Double.toString(value), value);
            case "boolean" -> Boolean.toString(value != 0);
            default -> (type == ElementType.UINT64 ? Elements.doubleToUnsigned(value) : (long) value) + "L";
        };
    }

    private static String real(String wrapper, String finite, double value) {
        if (Double.isNaN(value)) {
            return wrapper + ".NaN";
        }
        boolean infinite = wrapper.equals("Float") ? Float.isInfinite((float) value) : Double.isInfinite(value);
        return infinite ? wrapper + (value > 0 ? ".POSITIVE_INFINITY" : ".NEGATIVE_INFINITY") : finite;
    }

    /// An expression as it is stored; what storing cuts off anyway is not cut off before.
    CodeBlock stored(ScalarExpr expression, ElementType element) {
        boolean cut = element.isInteger() && element.bits() < Long.SIZE;
        return cut && expression instanceof Convert(ElementType to, ScalarExpr value) && to == element
                ? store(integer(to, type(value), print(value)), element)
                : store(print(expression), element);
    }

    private static CodeBlock convert(ElementType to, ElementType from, CodeBlock value) {
        return switch (to) {
            case BOOL -> from == ElementType.BOOL ? value : CodeBlock.of("($L != 0)", value);
            case FLOAT64 -> real("double", from, value);
            case FLOAT32 -> real("float", from, value);
            case FLOAT16, BFLOAT16 -> narrow(to, real("float", from, value));
            case FLOAT8E4M3FN, FLOAT8E4M3FNUZ, FLOAT8E5M2, FLOAT8E5M2FNUZ, FLOAT8E8M0, FLOAT4E2M1 ->
                    from == to ? value : SmallFloats.round(to, real("double", from, value));
            case INT64, UINT64 -> integer(to, from, value);
            case INT4, INT2, UINT4, UINT2 -> wrapped(to, integer(to, from, value));
            case INT32 -> CodeBlock.of("(long) (int) $L", integer(to, from, value));
            case INT16 -> CodeBlock.of("(long) (short) $L", integer(to, from, value));
            case INT8 -> CodeBlock.of("(long) (byte) $L", integer(to, from, value));
            case UINT32 -> CodeBlock.of("($L & 0xFFFFFFFFL)", integer(to, from, value));
            case UINT16 -> CodeBlock.of("($L & 0xFFFFL)", integer(to, from, value));
            case UINT8 -> CodeBlock.of("($L & 0xFFL)", integer(to, from, value));
            default -> throw unsupported(to);
        };
    }

    /// Rounded to a 16-bit type, in whose place floats are computed with.
    private static CodeBlock narrow(ElementType to, CodeBlock value) {
        return to == ElementType.FLOAT16
                ? CodeBlock.of("Float.float16ToFloat(Float.floatToFloat16($L))", value)
                : CodeBlock.of(
                        "Float.intBitsToFloat($L << 16)", call(RuntimeTypes.REAL_MATH, "floatToBfloat16", value));
    }

    private static CodeBlock real(String type, ElementType from, CodeBlock value) {
        if (javaType(from).equals(type)) {
            return value;
        }
        return switch (from) {
            case BOOL -> CodeBlock.of("($L ? ($L) 1 : ($L) 0)", value, type, type);
            case UINT64 ->
                    type.equals("double")
                            ? integers("unsignedToDouble", value)
                            : CodeBlock.of("(float) $L", integers("unsignedToDouble", value));
            default -> CodeBlock.of("($L) $L", type, value);
        };
    }

    private static CodeBlock integer(ElementType to, ElementType from, CodeBlock value) {
        return switch (from.kind()) {
            case BOOLEAN -> CodeBlock.of("($L ? 1L : 0L)", value);
            case REAL -> integers(truncation(to), value);
            default -> value;
        };
    }

    /// The function that takes a real number to an integer type, before it is cut to the width of the type.
    private static String truncation(ElementType to) {
        return switch (to) {
            case INT64 -> "toLong";
            case UINT64 -> "toUnsigned";
            case UINT32 -> "toUnsignedInt";
            case INT4, UINT4, INT2, UINT2 -> "toNearest";
            default -> "toInt";
        };
    }

    /// The low bits of an integer, extended again.
    private static CodeBlock wrapped(ElementType type, CodeBlock value) {
        int unused = Long.SIZE - type.bits();
        return type.kind() == ElementType.Kind.SIGNED
                ? CodeBlock.of("(($L) << $L >> $L)", value, unused, unused)
                : CodeBlock.of("(($L) & $L)", value, (1 << type.bits()) - 1);
    }

    private CodeBlock apply(ScalarFunction function, ImmutableList<ScalarExpr> parts) {
        CodeBlock a = print(parts.getFirst());
        CodeBlock b = parts.size() > 1 ? print(parts.get(1)) : a;
        ElementType type = type(function == ScalarFunction.SELECT ? parts.get(1) : parts.getFirst());
        boolean unsigned = type == ElementType.UINT64;
        return switch (function) {
            case ADD -> CodeBlock.of("($L + $L)", a, b);
            case SUBTRACT -> CodeBlock.of("($L - $L)", a, b);
            case MULTIPLY -> CodeBlock.of("($L * $L)", a, b);
            case DIVIDE ->
                    type.isReal()
                            ? CodeBlock.of("($L / $L)", a, b)
                            : integers(unsigned ? "divideUnsigned" : "divide", a, b);
            case MINIMUM -> unsigned ? integers("minUnsigned", a, b) : CodeBlock.of("Math.min($L, $L)", a, b);
            case MAXIMUM -> unsigned ? integers("maxUnsigned", a, b) : CodeBlock.of("Math.max($L, $L)", a, b);
            case NEGATE -> CodeBlock.of(a.toString().startsWith("-") ? "(-($L))" : "(-$L)", a);
            case ABSOLUTE -> unsigned ? a : CodeBlock.of("Math.abs($L)", a);
            case EQUAL -> CodeBlock.of("($L == $L)", a, b);
            case LESS -> CodeBlock.of(unsigned ? "(Long.compareUnsigned($L, $L) < 0)" : "($L < $L)", a, b);
            case LESS_OR_EQUAL -> CodeBlock.of(unsigned ? "(Long.compareUnsigned($L, $L) <= 0)" : "($L <= $L)", a, b);
            case AND -> CodeBlock.of("($L & $L)", a, b);
            case OR -> CodeBlock.of("($L | $L)", a, b);
            case NOT -> CodeBlock.of("(!$L)", a);
            case SELECT -> CodeBlock.of("($L ? $L : $L)", a, b, print(parts.get(2)));
            case POWER ->
                    type.isReal() ? rounded(type, CodeBlock.of("Math.pow($L, $L)", a, b)) : integers("power", a, b);
            case REMAINDER, MODULO -> remainder(function, type, a, b);
            case BIT_AND -> CodeBlock.of("($L & $L)", a, b);
            case BIT_OR -> CodeBlock.of("($L | $L)", a, b);
            case BIT_XOR -> CodeBlock.of("($L ^ $L)", a, b);
            case SHIFT_LEFT -> integers("shiftLeft", a, b);
            case SHIFT_RIGHT -> integers("shiftRight", a, b);
            default -> unary(function, type, a);
        };
    }

    private static CodeBlock remainder(ScalarFunction function, ElementType type, CodeBlock a, CodeBlock b) {
        boolean truncated = function == ScalarFunction.REMAINDER;
        if (type.isReal()) {
            return truncated
                    ? CodeBlock.of("($L % $L)", a, b)
                    : rounded(type, call(RuntimeTypes.REAL_MATH, "modulo", a, b));
        }
        if (type == ElementType.UINT64) {
            return integers("remainderUnsigned", a, b);
        }
        return integers(truncated ? "remainder" : "modulo", a, b);
    }

    private static CodeBlock unary(ScalarFunction function, ElementType type, CodeBlock a) {
        boolean isFloat = type != ElementType.FLOAT64;
        return switch (function) {
            case SQUARE_ROOT -> rounded(type, CodeBlock.of("Math.sqrt($L)", a));
            case FLOOR -> rounded(type, CodeBlock.of("Math.floor($L)", a));
            case CEILING -> rounded(type, CodeBlock.of("Math.ceil($L)", a));
            case EXPONENTIAL -> isFloat ? math("exp", a) : CodeBlock.of("Math.exp($L)", a);
            case LOGARITHM -> isFloat ? math("log", a) : CodeBlock.of("Math.log($L)", a);
            case TANGENT_HYPERBOLIC -> isFloat ? math("tanh", a) : CodeBlock.of("Math.tanh($L)", a);
            case ROUND -> rounded(type, CodeBlock.of("Math.rint($L)", a));
            case SINE -> rounded(type, CodeBlock.of("Math.sin($L)", a));
            case COSINE -> rounded(type, CodeBlock.of("Math.cos($L)", a));
            case TANGENT -> rounded(type, CodeBlock.of("Math.tan($L)", a));
            case ARC_SINE -> rounded(type, CodeBlock.of("Math.asin($L)", a));
            case ARC_COSINE -> rounded(type, CodeBlock.of("Math.acos($L)", a));
            case ARC_TANGENT -> rounded(type, CodeBlock.of("Math.atan($L)", a));
            case SINE_HYPERBOLIC -> rounded(type, CodeBlock.of("Math.sinh($L)", a));
            case COSINE_HYPERBOLIC -> rounded(type, CodeBlock.of("Math.cosh($L)", a));
            case AREA_SINE -> rounded(type, call(RuntimeTypes.REAL_MATH, "asinh", a));
            case AREA_COSINE -> rounded(type, call(RuntimeTypes.REAL_MATH, "acosh", a));
            case AREA_TANGENT -> rounded(type, call(RuntimeTypes.REAL_MATH, "atanh", a));
            case ERROR_FUNCTION -> isFloat ? math("erf", a) : call(RuntimeTypes.REAL_MATH, "erf", a);
            default -> throw new AssertionError(function + " takes more than one argument");
        };
    }

    private static CodeBlock math(String function, CodeBlock... arguments) {
        return call(RuntimeTypes.SCALAR_MATH, function, arguments);
    }

    private static CodeBlock integers(String function, CodeBlock... arguments) {
        return call(RuntimeTypes.INTEGER_MATH, function, arguments);
    }

    private static CodeBlock call(ClassName type, String function, CodeBlock... arguments) {
        return CodeBlock.of("$T.$L($L)", type, function, CodeBlock.join(List.of(arguments), ", "));
    }

    private static CodeBlock rounded(ElementType type, CodeBlock value) {
        return type == ElementType.FLOAT64 ? value : CodeBlock.of("(float) $L", value);
    }
}
