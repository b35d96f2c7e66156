package dev.skive.codegen.emit;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import com.palantir.javapoet.WildcardTypeName;
import dev.skive.codegen.program.Program;
import dev.skive.codegen.program.Routine;
import dev.skive.codegen.weights.ModelWeights;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Input;
import dev.skive.ir.type.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.Modifier;

/// The public class of a model whose course depends on data: loading, one method per graph, the model interface.
///
/// @param names names of the generated classes
/// @param program what the model does
/// @param weights its weights
record ProgramClass(GeneratedNames names, Program program, ModelWeights weights) {
    private static final ClassName OPTIONS = RuntimeTypes.of("ModelOptions");
    private static final ClassName TEAM = RuntimeTypes.of("WorkerTeam");
    private static final ClassName INSTRUCTION_SET = RuntimeTypes.of("InstructionSet");
    private static final ClassName INFO = RuntimeTypes.of("TensorInfo");
    private static final ClassName INPUTS = RuntimeTypes.of("Inputs");

    /// The class.
    TypeSpec emit() {
        Graph graph = program.main().graph();
        var type =
                TypeSpec.classBuilder(names.model())
                        .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
                        .addSuperinterface(RuntimeTypes.of("Model"))
                        .addJavadoc(
                                "The model {@code $L}, compiled by Skive. Its course depends on data: each method below"
                                        + " is one of its graphs, and each part a compiled piece of one.\n\n<p>Instances"
                                        + " are safe for use by several threads. The weights are read once per class and"
                                        + " shared.\n",
                                Identifiers.comment(graph.name()));
        type.addField(infos("INPUTS", inputs(graph)));
        type.addField(infos("OUTPUTS", graph.outputs()));
        type.addField(TEAM, "team", Modifier.PRIVATE, Modifier.FINAL);
        type.addField(boolean.class, "vector", Modifier.PRIVATE, Modifier.FINAL);
        for (Routine.Part part : program.parts()) {
            type.addField(
                    ProgramEmission.part(names, part.number()),
                    "part" + part.number(),
                    Modifier.PRIVATE,
                    Modifier.FINAL);
        }
        type.addMethod(constructor());
        ModelClass.loads(names).forEach(type::addMethod);
        type.addMethod(run());
        type.addMethod(evaluate(graph));
        for (Routine routine : program.routines()) {
            type.addMethod(new RoutineMethod(routine).emit());
        }
        ModelClass.description(graph.name()).forEach(type::addMethod);
        return type.build();
    }

    private static Map<String, Value> inputs(Graph graph) {
        var inputs = new LinkedHashMap<String, Value>();
        graph.inputs().forEach(value -> inputs.put(((Input) value.node().op()).name(), value));
        return inputs;
    }

    private static FieldSpec infos(String name, Map<String, Value> values) {
        CodeBlock infos =
                values.entrySet().stream()
                        .map(entry -> info(entry.getKey(), entry.getValue().type()))
                        .collect(CodeBlock.joining(",\n"));
        return FieldSpec.builder(
                        ParameterizedTypeName.get(ClassName.get(List.class), INFO),
                        name,
                        Modifier.PRIVATE,
                        Modifier.STATIC,
                        Modifier.FINAL)
                .initializer("$T.of(\n$L)", List.class, infos)
                .build();
    }

    private static CodeBlock info(String name, Type type) {
        var form = ValueForm.of(type);
        CodeBlock dims =
                form.dims().stream()
                        .map(dim -> CodeBlock.of("$L", Identifiers.literal(dim)))
                        .collect(CodeBlock.joining(", "));
        return CodeBlock.of(
                "new $T($L, $L, $T.of($L), $T.$L)",
                INFO,
                Identifiers.literal(name),
                RuntimeTypes.kind(form.element()),
                List.class,
                dims,
                INFO.nestedClass("Form"),
                form.form());
    }

    private MethodSpec constructor() {
        var method =
                MethodSpec.constructorBuilder()
                        .addModifiers(Modifier.PRIVATE)
                        .addParameter(OPTIONS, "options")
                        .addStatement("vector = options.instructionSet().resolve() == $T.VECTOR", INSTRUCTION_SET)
                        .addStatement("team = new $T(options.threads(), $S)", TEAM, names.model().simpleName());
        int first = 0;
        for (Routine.Part part : program.parts()) {
            ClassName type = ProgramEmission.part(names, part.number());
            int entries = weights.parts().get(part.number()).entries();
            method.addStatement(
                    "$T.open($T.weights().part($L, $L))",
                    new GeneratedNames(type).weights(),
                    names.weights(),
                    first,
                    entries);
            method.addStatement("part$L = new $T(vector, team)", part.number(), type);
            first += entries;
        }
        return method.build();
    }

    private static MethodSpec run() {
        return MethodSpec.methodBuilder("run")
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PUBLIC)
                .returns(ModelClass.tensors())
                .addParameter(ModelClass.tensors(), "given")
                .addStatement("return $T.tensors(evaluate(given))", INPUTS)
                .build();
    }

    private static TypeName values(TypeName value) {
        return ParameterizedTypeName.get(ClassName.get(Map.class), ClassName.get(String.class), value);
    }

    private static MethodSpec evaluate(Graph graph) {
        var method =
                MethodSpec.methodBuilder("evaluate")
                        .addAnnotation(Override.class)
                        .addModifiers(Modifier.PUBLIC)
                        .returns(values(RuntimeTypes.VALUE))
                        .addParameter(values(WildcardTypeName.subtypeOf(RuntimeTypes.VALUE)), "given")
                        .addStatement("$T.requireKnown(given, INPUTS)", INPUTS);
        var arguments = new ArrayList<CodeBlock>();
        for (int i = 0; i < graph.inputs().size(); i++) {
            arguments.add(CodeBlock.of("$T.get(given, INPUTS.get($L))", INPUTS, i));
        }
        method.addStatement(
                "final $T[] results = $L($L)",
                RuntimeTypes.VALUE,
                RoutineMethod.name(0),
                CodeBlock.join(arguments, ",\n"));
        method.addStatement("final $T byName = new $T<>()", values(RuntimeTypes.VALUE), LinkedHashMap.class);
        int at = 0;
        for (String name : graph.outputs().keySet()) {
            method.addStatement("byName.put($L, results[$L])", Identifiers.literal(name), at++);
        }
        return method.addStatement("return byName").build();
    }
}
