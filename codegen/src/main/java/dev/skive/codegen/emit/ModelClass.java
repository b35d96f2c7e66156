package dev.skive.codegen.emit;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.skive.codegen.plan.KernelPlan;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import javax.lang.model.element.Modifier;

/// The public class of a model: loading, a typed `run`, and the model interface that callers of any model use.
final class ModelClass {
    private static final ClassName OPTIONS = RuntimeTypes.of("ModelOptions");
    private static final ClassName TEAM = RuntimeTypes.of("WorkerTeam");
    private static final ClassName INSTRUCTION_SET = RuntimeTypes.of("InstructionSet");
    private static final ClassName TENSOR = RuntimeTypes.of("Tensor");
    private static final ClassName INFO = RuntimeTypes.of("TensorInfo");

    private final GeneratedNames names;
    private final KernelPlan plan;
    private final Ports ports;
    private final RunMethods run;

    ModelClass(GeneratedNames names, KernelPlan plan, Ports ports, RunMethods run) {
        this.names = names;
        this.plan = plan;
        this.ports = ports;
        this.run = run;
    }

    /// The class.
    ///
    /// @param isPart whether it is a part of a model, which gives it threads
    TypeSpec emit(boolean isPart) {
        Modifier[] modifiers =
                isPart ? new Modifier[] {Modifier.FINAL} : new Modifier[] {Modifier.PUBLIC, Modifier.FINAL};
        var type =
                TypeSpec.classBuilder(names.model())
                        .addModifiers(modifiers)
                        .addSuperinterface(RuntimeTypes.of("Model"))
                        .addJavadoc(ports.javadoc(), Identifiers.comment(plan.name()));
        ports.fields().forEach(type::addField);
        type.addField(infos("INPUTS", ports.inputs()));
        type.addField(infos("OUTPUTS", ports.outputs()));
        type.addField(TEAM, "team", Modifier.PRIVATE, Modifier.FINAL);
        type.addField(boolean.class, "vector", Modifier.PRIVATE, Modifier.FINAL);
        type.addField(
                FieldSpec.builder(
                                ParameterizedTypeName.get(
                                        ClassName.get(ConcurrentLinkedDeque.class), names.workspace()),
                                "workspaces",
                                Modifier.PRIVATE,
                                Modifier.FINAL)
                        .initializer("new $T<>()", ConcurrentLinkedDeque.class)
                        .build());
        if (isPart) {
            type.addMethod(partConstructor());
        } else {
            type.addMethod(constructor());
            loads(names).forEach(type::addMethod);
        }
        run.methods().forEach(type::addMethod);
        type.addType(ports.outputsRecord());
        description(plan.name()).forEach(type::addMethod);
        return type.build();
    }

    private static FieldSpec infos(String name, List<Ports.Named> named) {
        CodeBlock fields =
                named.stream().map(port -> CodeBlock.of("$L", port.constant())).collect(CodeBlock.joining(", "));
        return FieldSpec.builder(
                        ParameterizedTypeName.get(ClassName.get(List.class), INFO),
                        name,
                        Modifier.PRIVATE,
                        Modifier.STATIC,
                        Modifier.FINAL)
                .initializer("$T.of($L)", List.class, fields)
                .build();
    }

    private MethodSpec constructor() {
        return MethodSpec.constructorBuilder()
                .addModifiers(Modifier.PRIVATE)
                .addParameter(OPTIONS, "options")
                .addStatement("vector = options.instructionSet().resolve() == $T.VECTOR", INSTRUCTION_SET)
                .addStatement("team = new $T(options.threads(), $S)", TEAM, names.model().simpleName())
                .build();
    }

    private static MethodSpec partConstructor() {
        return MethodSpec.constructorBuilder()
                .addParameter(boolean.class, "vector")
                .addParameter(TEAM, "team")
                .addStatement("this.vector = vector")
                .addStatement("this.team = team")
                .build();
    }

    /// The ways to load a model.
    static List<MethodSpec> loads(GeneratedNames names) {
        TypeName file = ClassName.get(Path.class);
        return List.of(
                load(names, "The model with its weights from the class path, on all processors this JVM may use.\n")
                        .addStatement("return load($T.defaults())", OPTIONS)
                        .build(),
                load(names, "The model with its weights from the class path.\n")
                        .addParameter(OPTIONS, "options")
                        .addStatement("$T.open($T.empty())", names.weights(), Optional.class)
                        .addStatement("return new $T(options)", names.model())
                        .build(),
                load(names, "The model with its weights from a file, which is mapped into memory.\n")
                        .addParameter(file, "weights")
                        .addParameter(OPTIONS, "options")
                        .addStatement("$T.open($T.of(weights))", names.weights(), Optional.class)
                        .addStatement("return new $T(options)", names.model())
                        .build());
    }

    private static MethodSpec.Builder load(GeneratedNames names, String javadoc) {
        return MethodSpec.methodBuilder("load")
                .addJavadoc(javadoc)
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                .returns(names.model());
    }

    /// What a model says of itself, and its end.
    static List<MethodSpec> description(String modelName) {
        TypeName infos = ParameterizedTypeName.get(ClassName.get(List.class), INFO);
        return List.of(
                overriding("name", ClassName.get(String.class))
                        .addStatement("return $L", Identifiers.literal(modelName))
                        .build(),
                overriding("inputs", infos).addStatement("return INPUTS").build(),
                overriding("outputs", infos).addStatement("return OUTPUTS").build(),
                overriding("instructionSet", ClassName.get(String.class))
                        .addStatement("return vector ? $S : $S", "vector", "scalar")
                        .build(),
                MethodSpec.methodBuilder("close")
                        .addJavadoc("Ends the threads; the weights stay for other instances.\n")
                        .addAnnotation(Override.class)
                        .addModifiers(Modifier.PUBLIC)
                        .addStatement("team.close()")
                        .build());
    }

    private static MethodSpec.Builder overriding(String name, TypeName type) {
        return MethodSpec.methodBuilder(name).addAnnotation(Override.class).addModifiers(Modifier.PUBLIC).returns(type);
    }

    /// The type of tensors by name.
    static TypeName tensors() {
        return ParameterizedTypeName.get(ClassName.get(Map.class), ClassName.get(String.class), TENSOR);
    }
}
