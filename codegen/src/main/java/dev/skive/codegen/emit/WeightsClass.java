package dev.skive.codegen.emit;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import javax.lang.model.element.Modifier;

/// The class that holds a model's weights: read once per class, whatever the number of instances.
///
/// @param names names of the generated classes
/// @param resource name of the weights file
/// @param sha256 its digest
record WeightsClass(GeneratedNames names, String resource, String sha256) {
    private static final ClassName MEMORY = RuntimeTypes.of("Memory");

    /// The class of a compiled part, which gets its weights from those of the model.
    static TypeSpec ofPart(GeneratedNames names) {
        MethodSpec open =
                MethodSpec.methodBuilder("open")
                        .addModifiers(Modifier.STATIC, Modifier.SYNCHRONIZED)
                        .addParameter(RuntimeTypes.WEIGHTS, "part")
                        .beginControlFlow("if (weights == null)")
                        .addStatement("constants = $T.constants(part)", MEMORY)
                        .addStatement("weights = part")
                        .endControlFlow()
                        .build();
        return base(names).addMethod(open).build();
    }

    /// The class.
    TypeSpec emit() {
        return base(names).addMethod(open()).addMethod(read()).build();
    }

    private static TypeSpec.Builder base(GeneratedNames names) {
        return TypeSpec.classBuilder(names.weights())
                .addModifiers(Modifier.FINAL)
                .addJavadoc("The weights of {@link $T}, read once and shared by all instances.\n", names.model())
                .addField(field(RuntimeTypes.WEIGHTS, "weights"))
                .addField(field(MEMORY, "constants"))
                .addMethod(MethodSpec.constructorBuilder().addModifiers(Modifier.PRIVATE).build())
                .addMethod(getter(RuntimeTypes.WEIGHTS, "weights"))
                .addMethod(getter(MEMORY, "constants"));
    }

    private static com.palantir.javapoet.FieldSpec field(TypeName type, String name) {
        return com.palantir.javapoet.FieldSpec.builder(type, name, Modifier.PRIVATE, Modifier.STATIC, Modifier.VOLATILE)
                .build();
    }

    private static MethodSpec getter(TypeName type, String name) {
        return MethodSpec.methodBuilder(name)
                .addModifiers(Modifier.STATIC)
                .returns(type)
                .addStatement("return $L", name)
                .build();
    }

    private static TypeName file() {
        return ParameterizedTypeName.get(Optional.class, Path.class);
    }

    private MethodSpec open() {
        return MethodSpec.methodBuilder("open")
                .addJavadoc("Reads the weights unless they are there; a file that is not the compiler's is refused.\n")
                .addModifiers(Modifier.STATIC, Modifier.SYNCHRONIZED)
                .addParameter(file(), "file")
                .beginControlFlow("if (weights == null)")
                .addStatement("final $T read = read(file)", RuntimeTypes.WEIGHTS)
                .addStatement("constants = $T.constants(read)", MEMORY)
                .addStatement("weights = read")
                .endControlFlow()
                .build();
    }

    private MethodSpec read() {
        return MethodSpec.methodBuilder("read")
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .returns(RuntimeTypes.WEIGHTS)
                .addParameter(file(), "file")
                .beginControlFlow("if (file.isPresent())")
                .addStatement("return $T.map(file.get(), $S)", RuntimeTypes.WEIGHTS, sha256)
                .endControlFlow()
                .beginControlFlow(
                        "try ($T resource = $T.class.getResourceAsStream($S))",
                        InputStream.class,
                        names.model(),
                        resource)
                .beginControlFlow("if (resource == null)")
                .addStatement(
                        "throw new $T($S)",
                        IllegalStateException.class,
                        "no resource '"
                                + resource
                                + "' beside class "
                                + names.model().simpleName()
                                + "; put the file there, or call load(Path)")
                .endControlFlow()
                .addStatement("return $T.load(resource, $S)", RuntimeTypes.WEIGHTS, sha256)
                .nextControlFlow("catch ($T e)", IOException.class)
                .addStatement("throw new $T(e)", UncheckedIOException.class)
                .endControlFlow()
                .build();
    }
}
