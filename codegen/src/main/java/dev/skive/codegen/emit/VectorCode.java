package dev.skive.codegen.emit;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.List;
import javax.lang.model.element.Modifier;

/// What every class on the Vector API starts with. The weights are a `static final` segment, since only then C2 knows
/// their class and bounds whatever else the JVM does with segments; and no method takes or returns a vector, since C2
/// does not inline a method it compiled before, and would put the vector on the heap.
final class VectorCode {
    static final ClassName VECTOR = ClassName.get("jdk.incubator.vector", "FloatVector");
    static final ClassName SPECIES = ClassName.get("jdk.incubator.vector", "VectorSpecies");
    static final ClassName SHUFFLE = ClassName.get("jdk.incubator.vector", "VectorShuffle");
    static final ClassName MASK = ClassName.get("jdk.incubator.vector", "VectorMask");
    static final ClassName OPERATORS = ClassName.get("jdk.incubator.vector", "VectorOperators");

    private VectorCode() {}

    /// The constants of the class.
    static List<FieldSpec> fields(GeneratedNames names) {
        TypeName species = ParameterizedTypeName.get(SPECIES, TypeName.FLOAT.box());
        return List.of(
                constant(
                        species,
                        "SPECIES",
                        "$1T.SPECIES_PREFERRED.length() > 16 ? $1T.SPECIES_512 : $1T.SPECIES_PREFERRED",
                        VECTOR),
                constant(TypeName.INT, "LANES", "SPECIES.length()"),
                constant(TypeName.INT, "PANEL", "2 * LANES"),
                constant(TypeName.INT, "BLOCK", "LANES == 8 ? 4 : 12"),
                constant(TypeName.LONG, "VECTOR_BYTES", "4L * LANES"),
                constant(TypeName.LONG, "PANEL_BYTES", "4L * PANEL"),
                constant(ClassName.get(ByteOrder.class), "ORDER", "$T.nativeOrder()", ByteOrder.class),
                constant(
                        ClassName.get("dev.skive.runtime", "Weights"),
                        "WEIGHTS",
                        "$T.weights().repacked(PANEL)",
                        names.weights()),
                constant(ClassName.get(MemorySegment.class), "W", "WEIGHTS.segment()"),
                constant(folds(), "FOLDS", "folds()"));
    }

    /// `EVEN`, the shuffle that takes every second lane of two vectors behind each other.
    static FieldSpec even() {
        TypeName shuffle = ParameterizedTypeName.get(SHUFFLE, TypeName.FLOAT.box());
        return constant(shuffle, "EVEN", "$T.fromOp(SPECIES, lane -> 2 * lane)", SHUFFLE);
    }

    private static TypeName folds() {
        return ArrayTypeName.of(ParameterizedTypeName.get(SHUFFLE, TypeName.FLOAT.box()));
    }

    /// The method that makes the shuffles which add up all lanes in a fixed order; `reduceLanes` leaves the order open.
    static MethodSpec foldsMethod() {
        return MethodSpec.methodBuilder("folds")
                .addAnnotation(
                        AnnotationSpec.builder(SuppressWarnings.class)
                                .addMember("value", "{$S, $S}", "unchecked", "rawtypes")
                                .build())
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .returns(folds())
                .addStatement("$1T[] folds = new $1T[Integer.numberOfTrailingZeros(LANES)]", SHUFFLE)
                .beginControlFlow("for (int i = 0, half = LANES / 2; half > 0; half /= 2, i++)")
                .addStatement("final int step = half")
                .addStatement("folds[i] = $T.fromOp(SPECIES, lane -> lane ^ step)", SHUFFLE)
                .endControlFlow()
                .addStatement("return folds")
                .build();
    }

    private static FieldSpec constant(TypeName type, String name, String value, Object... arguments) {
        return FieldSpec.builder(type, name, Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                .initializer(value, arguments)
                .build();
    }
}
