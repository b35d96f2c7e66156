package dev.skive.codegen.emit;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import dev.skive.codegen.memory.MemoryPlan;
import dev.skive.codegen.plan.KernelPlan;
import dev.skive.codegen.plan.Storage;
import dev.skive.codegen.plan.View;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.Modifier;

/// The methods that run a model: checks, copies in, the network, copies out.
final class RunMethods {
    private static final ClassName INPUTS = RuntimeTypes.of("Inputs");

    private final GeneratedNames names;
    private final Ports ports;
    private final MemoryPlan memory;
    private final SizeNames sizes;

    RunMethods(GeneratedNames names, Ports ports, MemoryPlan memory, SizeNames sizes) {
        this.names = names;
        this.ports = ports;
        this.memory = memory;
        this.sizes = sizes;
    }

    /// The methods.
    List<MethodSpec> methods() {
        return List.of(typed(), byName(), acquire());
    }

    private TypeName outputs() {
        return names.model().nestedClass("Outputs");
    }

    private MethodSpec typed() {
        var method =
                MethodSpec.methodBuilder("run")
                        .addJavadoc(
                                "Runs the model.\n\n@throws $T when an input has another rank, size or range than the model takes\n",
                                IllegalArgumentException.class)
                        .addModifiers(Modifier.PUBLIC)
                        .returns(outputs());
        ports.inputs().forEach(named -> method.addParameter(named.tensor(), named.variable()));
        ports.inputs()
                .forEach(
                        named -> method.addStatement("$T.require($L, $L)", INPUTS, named.constant(), named.variable()));
        method.addCode(bindSymbols());
        method.addStatement("final $T w = workspace()", names.workspace());
        method.beginControlFlow("try");
        method.addStatement("w.prepare(vector$L)", prepareArguments());
        ports.inputs().forEach(named -> method.addCode(copyIn(named)));
        method.beginControlFlow("if (vector)");
        method.addStatement("team.run(worker -> $T.run(w, worker))", names.network(new VectorTarget()));
        method.nextControlFlow("else");
        method.addStatement("team.run(worker -> $T.run(w, worker))", names.network(new ScalarTarget()));
        method.endControlFlow();
        CodeBlock results = ports.outputs().stream().map(this::result).collect(CodeBlock.joining(",\n"));
        method.addStatement("return new $T(\n$L)", outputs(), results);
        method.nextControlFlow("finally");
        method.addStatement("workspaces.push(w)");
        method.endControlFlow();
        return method.build();
    }

    /// Sizes from the shapes of the inputs: the first axis that names a symbol gives its value, all others must agree.
    private CodeBlock bindSymbols() {
        var code = CodeBlock.builder();
        Map<String, String> bound = new LinkedHashMap<>();
        var rest = CodeBlock.builder();
        for (Ports.Named named : ports.inputs()) {
            for (int axis = 0; axis < named.port().type().shape().rank(); axis++) {
                Dim dim = named.port().type().shape().dim(axis);
                String symbol = dim.asSymbol().orElse("");
                if (Ports.isSymbol(dim) && !bound.containsKey(symbol)) {
                    bound.put(symbol, sizes.field(dim));
                    code.addStatement(
                            "final int $L = $T.size($L, $L, $L)",
                            sizes.field(dim),
                            INPUTS,
                            named.constant(),
                            named.variable(),
                            axis);
                } else {
                    rest.addStatement(
                            "$T.requireSize($L, $L, $L, $L)",
                            INPUTS,
                            named.constant(),
                            named.variable(),
                            axis,
                            sizes.formula(dim));
                }
            }
        }
        requireBound(bound.keySet());
        return code.add(rest.build()).build();
    }

    private void requireBound(Set<String> bound) {
        Set<String> free = new HashSet<>();
        sizes.fields().keySet().forEach(dim -> free.addAll(dim.symbols()));
        free.removeAll(bound);
        if (!free.isEmpty()) {
            throw new SkiveException(
                    ExitCode.INVALID_MODEL,
                    "sizes %s do not follow from the shapes of the inputs; generated code cannot compute them yet"
                            .formatted(free));
        }
    }

    private String prepareArguments() {
        var text = new StringBuilder();
        sizes.fields().forEach((dim, name) -> text.append(Ports.isSymbol(dim) ? ", " + name : ""));
        return text.toString();
    }

    private CodeBlock copyIn(Ports.Named named) {
        View view = named.port().view();
        String array = "w." + view.buffer().storage().field();
        String offset = "w." + slot(view);
        var code = CodeBlock.builder();
        code.addStatement("$L.copyTo($L, $L)", named.variable(), array, offset);
        Storage storage = view.buffer().storage();
        if (named.port().indexLimit() > 0 && (storage == Storage.LONG || storage == Storage.INT)) {
            code.addStatement(
                    "$T.requireIndex($L, $L, $L, $L, $L)",
                    INPUTS,
                    named.constant(),
                    array,
                    offset,
                    sizes.use(view.shape().elementCount()),
                    named.port().indexLimit());
        }
        return code.build();
    }

    private String slot(View view) {
        var slot = memory.placement().get(view.buffer());
        if (slot == null) {
            throw new AssertionError("temporary without a place: " + view.buffer().name());
        }
        return slot.field();
    }

    private CodeBlock result(Ports.Named named) {
        KernelPlan.Port port = named.port();
        View view = port.view();
        String array =
                (view.buffer().isConstant() ? "w.constants." : "w.")
                        + view.buffer().storage().field()
                        + (view.buffer().isConstant() ? "()" : "");
        String offset = start(view);
        String count = sizes.use(view.shape().elementCount());
        ElementType element = port.type().element();
        CodeBlock shape =
                view.shape().dims().stream()
                        .map(dim -> CodeBlock.of("$L", sizes.use(dim)))
                        .collect(CodeBlock.joining(", "));
        String comma = view.shape().rank() == 0 ? "" : ", ";
        if (Ports.isPacked(element)) {
            return CodeBlock.of("$T.pack($L, $L, $L$L$L)", named.tensor(), named.kind(), array, offset, comma, shape);
        }
        CodeBlock values =
                element == ElementType.BOOL
                        ? CodeBlock.of("$T.booleans($L, $L, $L)", RuntimeTypes.of("Memory"), array, offset, count)
                        : CodeBlock.of(
                                "$T.copyOfRange($L, $L, $L + $L)",
                                java.util.Arrays.class,
                                array,
                                offset,
                                offset,
                                count);
        boolean isDefault =
                switch (element) {
                    case FLOAT32, FLOAT64, INT64, INT32, INT16, INT8, BOOL -> true;
                    default -> false;
                };
        return isDefault
                ? CodeBlock.of("$T.of($L$L$L)", named.tensor(), values, comma, shape)
                : CodeBlock.of("$T.of($L, $L$L$L)", named.tensor(), named.kind(), values, comma, shape);
    }

    private String start(View view) {
        if (view.buffer().isConstant()) {
            Integer start = memory.constants().get(view.buffer());
            return Long.toString((start == null ? 0 : start) + view.offset().known());
        }
        return "w." + slot(view) + (view.offset().is(0) ? "" : " + " + sizes.use(view.offset()));
    }

    private MethodSpec byName() {
        var method =
                MethodSpec.methodBuilder("run")
                        .addAnnotation(Override.class)
                        .addModifiers(Modifier.PUBLIC)
                        .returns(ModelClass.tensors())
                        .addParameter(ModelClass.tensors(), "given")
                        .addStatement("$T.requireKnown(given, INPUTS)", INPUTS);
        CodeBlock arguments =
                ports.inputs().stream()
                        .map(named ->
                                CodeBlock.of("$T.get(given, $L, $T.class)", INPUTS, named.constant(), named.tensor()))
                        .collect(CodeBlock.joining(",\n"));
        method.addStatement("final $T outputs = run(\n$L)", outputs(), arguments);
        method.addStatement("final $T byName = new $T<>()", ModelClass.tensors(), LinkedHashMap.class);
        ports.outputs()
                .forEach(named ->
                        method.addStatement(
                                "byName.put($L, outputs.$L())",
                                Identifiers.literal(named.port().name()),
                                named.variable()));
        return method.addStatement("return byName").build();
    }

    private MethodSpec acquire() {
        return MethodSpec.methodBuilder("workspace")
                .addJavadoc("The memory for a run: one that is free, or a new one.\n")
                .addModifiers(Modifier.PRIVATE)
                .returns(names.workspace())
                .addStatement("final $T free = workspaces.poll()", names.workspace())
                .addStatement(
                        "return free == null ? new $T($T.constants(), team.size()) : free",
                        names.workspace(),
                        names.weights())
                .build();
    }
}
