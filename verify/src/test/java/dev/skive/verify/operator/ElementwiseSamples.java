package dev.skive.verify.operator;

import static dev.skive.verify.operator.Sample.of;
import static dev.skive.verify.operator.SampleTypes.ALL;
import static dev.skive.verify.operator.SampleTypes.BOOL;
import static dev.skive.verify.operator.SampleTypes.INTEGERS;
import static dev.skive.verify.operator.SampleTypes.NUMBERS;
import static dev.skive.verify.operator.SampleTypes.REALS;
import static dev.skive.verify.operator.SampleTypes.UNSIGNED;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.skive.ir.type.ElementType;
import java.util.List;
import java.util.stream.Stream;

/// Samples of operators that compute each element from those at its place.
@SuppressWarnings("BadImport")
final class ElementwiseSamples {
    private static final ImmutableList<String> REAL_FUNCTIONS =
            ImmutableList.of(
                    "Asinh", "Atan", "Ceil", "Cos", "Cosh", "Exp", "Floor", "Round", "Sigmoid", "Sin", "Sinh", "Tan",
                    "Tanh");

    private static final ImmutableList<String> ACTIVATIONS =
            ImmutableList.of(
                    "Celu",
                    "Elu",
                    "Gelu",
                    "HardSigmoid",
                    "HardSwish",
                    "LeakyRelu",
                    "Mish",
                    "Selu",
                    "Softplus",
                    "Softsign",
                    "Swish",
                    "ThresholdedRelu");

    private static final ImmutableList<String> COMPARISONS =
            ImmutableList.of("Equal", "Greater", "GreaterOrEqual", "Less", "LessOrEqual");

    /// Only the newest form of Cast is tried from every type to every type.
    private static final int NEWEST_CAST = 25;

    private static final ImmutableSet<ElementType> ANY_KIND =
            ImmutableSet.of(
                    ElementType.FLOAT32, ElementType.FLOAT16, ElementType.INT64, ElementType.UINT8, ElementType.BOOL);

    private ElementwiseSamples() {}

    static List<Sample> all() {
        return Stream.of(functions(), arithmetic(), activations(), logic(), conversions())
                .flatMap(stream -> stream)
                .toList();
    }

    private static Stream<Sample> functions() {
        return Stream.concat(
                REAL_FUNCTIONS.stream().map(name -> of(name, REALS).in(3, 17)),
                Stream.of(
                        of("Abs", NUMBERS).in(3, 17),
                        of("Acos", REALS).range(-1, 1).in(3, 17),
                        of("Acosh", REALS).range(1, 5).in(3, 17),
                        of("Asin", REALS).range(-1, 1).in(3, 17),
                        of("Atanh", REALS).range(-0.9, 0.9).in(3, 17),
                        of("Erf", NUMBERS).in(3, 17),
                        of("Identity", ALL).in(3, 17),
                        of("Log", REALS).range(0.1, 9).in(3, 17),
                        of("Neg", NUMBERS).in(3, 17),
                        of("Reciprocal", REALS).range(0.5, 9).in(3, 17),
                        of("Sign", NUMBERS).in(3, 17),
                        of("Sqrt", REALS).range(0, 9).in(3, 17)));
    }

    private static Stream<Sample> arithmetic() {
        return Stream.of(
                of("Add", NUMBERS).in(2, 3, 5).in(3, 1),
                of("Sub", NUMBERS).in(2, 3, 5).in(3, 1),
                of("Mul", NUMBERS).in(2, 3, 5).in(3, 1),
                of("Div", NUMBERS).in(2, 3, 5).range(1, 4).in(3, 1),
                of("Mod", INTEGERS).in(2, 3, 5).range(1, 4).in(3, 1),
                of("Mod", NUMBERS).in(2, 3, 5).range(1, 4).in(3, 1).set("fmod", 1),
                of("Pow", NUMBERS).range(1, 3).in(2, 3, 5).in(3, 1),
                of("Max", NUMBERS).in(2, 3, 5).in(5).in(3, 1).from(8),
                of("Min", NUMBERS).in(2, 3, 5).in(5).in(3, 1).from(8),
                of("Max", NUMBERS).in(3, 5).in(3, 5).until(7),
                of("Min", NUMBERS).in(3, 5).in(3, 5).until(7),
                of("Mean", REALS).in(2, 3, 5).in(5).in(3, 1).from(8),
                of("Sum", REALS).in(2, 3, 5).in(5).in(3, 1).from(8),
                of("Mean", REALS).in(3, 5).in(3, 5).until(7),
                of("Sum", REALS).in(3, 5).in(3, 5).until(7));
    }

    private static Stream<Sample> activations() {
        return Stream.concat(
                ACTIVATIONS.stream().map(name -> of(name, REALS).in(3, 17)),
                Stream.of(
                        of("Relu", NUMBERS).in(3, 17),
                        of("Gelu", REALS).in(3, 17).set("approximate", "tanh"),
                        of("Clip", REALS).in(3, 17).real("min", -1).real("max", 1.5).until(10),
                        of("Clip", NUMBERS).in(3, 17).range(0, 1).in().range(2, 2).in().from(11),
                        of("Clip", NUMBERS).in(3, 17).absent().scalar(2).from(11),
                        of("Dropout", REALS).in(3, 17),
                        of("PRelu", NUMBERS).in(2, 3, 5).in(3, 1),
                        of("Shrink", NUMBERS).in(3, 17).real("lambd", 1).real("bias", 0.5),
                        of("com.microsoft:BiasGelu", REALS).range(-1.5, 1.5).in(3, 17).constant(17),
                        of("com.microsoft:FastGelu", REALS).in(3, 17),
                        of("com.microsoft:Gelu", REALS).in(3, 17),
                        of("com.microsoft:QuickGelu", REALS).in(3, 17)));
    }

    private static Stream<Sample> logic() {
        Stream<Sample> comparisons =
                COMPARISONS.stream().map(name -> of(name, ALL).in(2, 3, 5).in(3, 1).gives(ElementType.BOOL));
        return Stream.concat(
                comparisons,
                Stream.of(
                        of("And", BOOL).in(2, 3, 5).in(3, 1),
                        of("Or", BOOL).in(2, 3, 5).in(3, 1),
                        of("Xor", BOOL).in(2, 3, 5).in(3, 1),
                        of("Not", BOOL).in(3, 17),
                        of("BitShift", UNSIGNED).in(2, 3, 5).range(0, 4).in(3, 1).set("direction", "LEFT"),
                        of("BitShift", UNSIGNED).in(2, 3, 5).range(0, 4).in(3, 1).set("direction", "RIGHT"),
                        of("BitwiseAnd", INTEGERS).in(2, 3, 5).in(3, 1),
                        of("BitwiseOr", INTEGERS).in(2, 3, 5).in(3, 1),
                        of("BitwiseXor", INTEGERS).in(2, 3, 5).in(3, 1),
                        of("BitwiseNot", INTEGERS).in(3, 17),
                        of("IsInf", REALS).in(3, 17).gives(ElementType.BOOL),
                        of("IsNaN", REALS).in(3, 17).gives(ElementType.BOOL),
                        of("Where", ALL).in(ElementType.BOOL, 3, 1).in(2, 3, 5).in(5)));
    }

    private static Stream<Sample> conversions() {
        return SampleTypes.ALL.stream()
                .flatMap(target -> {
                    int number = dev.skive.frontend.onnx.file.OnnxTypes.number(target);
                    return Stream.of(
                            of("Cast", ALL).in(3, 17).set("to", number).gives(target).from(NEWEST_CAST),
                            of("Cast", ANY_KIND).in(3, 17).set("to", number).gives(target).until(NEWEST_CAST - 1),
                            of("CastLike", ANY_KIND).in(3, 17).in(target, 2).gives(target));
                });
    }
}
