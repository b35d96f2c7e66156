package dev.skive.codegen.emit;

import com.google.common.base.Strings;
import com.google.common.collect.ImmutableList;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.NameAllocator;
import com.palantir.javapoet.TypeSpec;
import dev.skive.codegen.memory.MemoryPlan;
import dev.skive.codegen.plan.AttentionKernel;
import dev.skive.codegen.plan.Kernel;
import dev.skive.codegen.plan.KernelPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.Modifier;

/// The class that runs a network on one instruction set: `run`, one method per kind of layer, one per kind of kernel.
final class NetworkClass {
    private static final int LONGEST_METHOD = 60;

    private final GeneratedNames names;
    private final Target target;
    private final MemoryPlan memory;
    private final SizeNames sizes;
    private final NameAllocator methodNames = new NameAllocator();
    private final Map<String, MethodSpec> kernels = new LinkedHashMap<>();
    private final Map<String, MethodSpec> helpers = new LinkedHashMap<>();
    private final Map<String, FieldSpec> constants = new LinkedHashMap<>();
    private final List<MethodSpec> layers = new ArrayList<>();
    private final Scratch scratch;

    NetworkClass(GeneratedNames names, Target target, MemoryPlan memory, Scratch scratch) {
        this.names = names;
        this.target = target;
        this.memory = memory;
        this.sizes = scratch.sizes();
        this.scratch = scratch;
        methodNames.newName("run");
    }

    /// The class for a plan.
    TypeSpec emit(KernelPlan plan) {
        List<Call> calls = plan.kernels().stream().map(this::call).toList();
        MethodSpec run = run(Section.split(calls));
        return TypeSpec.classBuilder(names.network(target))
                .addModifiers(Modifier.FINAL)
                .addJavadoc(target.description(), names.model())
                .addFields(target.fields(names))
                .addFields(constants.values())
                .addMethod(MethodSpec.constructorBuilder().addModifiers(Modifier.PRIVATE).build())
                .addMethod(run)
                .addMethods(layers)
                .addMethods(kernels.values())
                .addMethods(helpers.values())
                .addMethods(target.methods())
                .build();
    }

    private Call call(Kernel kernel) {
        var method = new KernelMethod(memory, sizes);
        target.emit(kernel, method);
        method.code().addStatement("worker.barrier()");
        CodeBlock body = method.code().build();
        String key = method.parameters() + body.toString();
        MethodSpec spec = kernels.get(key);
        if (spec == null) {
            spec =
                    signature(methodNames.newName(kernel.verb()), method.parameters())
                            .addJavadoc("$L\n", Identifiers.comment(kernel.summary()))
                            .addCode(body)
                            .build();
            kernels.put(key, spec);
        }
        scratch.add(method);
        method.helpers().forEach(this::add);
        method.constants().forEach(constant -> constants.putIfAbsent(constant.name(), constant));
        return new Call(spec.name(), method.arguments(), kernel);
    }

    private void add(MethodSpec helper) {
        MethodSpec other = helpers.putIfAbsent(helper.name(), helper);
        if (other != null && !other.parameters().equals(helper.parameters())) {
            throw new AssertionError("two helpers are called " + helper.name());
        }
    }

    private MethodSpec.Builder signature(String name, List<String> parameters) {
        var builder =
                MethodSpec.methodBuilder(name)
                        .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                        .addParameter(names.workspace(), "w")
                        .addParameter(RuntimeTypes.WORKER, "worker");
        parameters.forEach(parameter -> builder.addParameter(int.class, parameter));
        return builder;
    }

    private MethodSpec run(ImmutableList<Section> sections) {
        var body = CodeBlock.builder();
        for (Section section : sections) {
            if (section.isRepeated()) {
                body.add(layer(section));
            } else {
                body.add(straight(section.first()));
            }
        }
        return MethodSpec.methodBuilder("run")
                .addJavadoc("One pass; every worker of a team calls it with its own share of the work.")
                .addModifiers(Modifier.STATIC)
                .addParameter(names.workspace(), "w")
                .addParameter(RuntimeTypes.WORKER, "worker")
                .addCode(body.build())
                .build();
    }

    /// Calls in a row, cut into methods of their own when they are many.
    private CodeBlock straight(ImmutableList<Call> calls) {
        var code = CodeBlock.builder();
        if (calls.size() <= LONGEST_METHOD) {
            for (Call call : calls) {
                List<String> arguments =
                        call.arguments().stream().map(argument -> LayerParameters.text(sizes, argument)).toList();
                code.add(statement(call, arguments));
            }
            return code.build();
        }
        for (int from = 0; from < calls.size(); from += LONGEST_METHOD) {
            String name = methodNames.newName("part");
            layers.add(
                    signature(name, List.of())
                            .addCode(straight(calls.subList(from, Math.min(calls.size(), from + LONGEST_METHOD))))
                            .build());
            code.addStatement("$L(w, worker)", name);
        }
        return code.build();
    }

    private CodeBlock layer(Section section) {
        String name = methodNames.newName(layerName(section.first()));
        var parameters = new LayerParameters(sizes, section);
        var body = CodeBlock.builder();
        for (int i = 0; i < section.first().size(); i++) {
            body.add(statement(section.first().get(i), parameters.inside(i)));
        }
        layers.add(
                signature(name, parameters.names())
                        .addJavadoc(
                                "One of $L identical layers; the comments name the nodes of the first.\n",
                                section.instances().size())
                        .addCode(body.build())
                        .build());
        var calls = CodeBlock.builder();
        for (int i = 0; i < section.instances().size(); i++) {
            calls.add("// $L\n", Identifiers.comment(instanceName(section.instances().get(i))));
            calls.addStatement("$L(w, worker$L)", name, joined(parameters.values(i)));
        }
        return calls.build();
    }

    /// What the names of all nodes of a layer start with, or else the first of them.
    private static String instanceName(ImmutableList<Call> calls) {
        List<String> sources = calls.stream().flatMap(call -> call.kernel().origin().sources().stream()).toList();
        String prefix = sources.stream().reduce(Strings::commonPrefix).orElse("");
        return prefix.length() > 2 ? prefix + "..." : sources.getFirst();
    }

    private static String layerName(ImmutableList<Call> calls) {
        boolean attends = calls.stream().anyMatch(call -> call.kernel() instanceof AttentionKernel);
        return attends ? "transformerLayer" : "layer";
    }

    private static CodeBlock statement(Call call, List<String> arguments) {
        return CodeBlock.builder()
                .add("// $L\n", Identifiers.comment(call.kernel().origin().toString()))
                .addStatement("$L(w, worker$L)", call.method(), joined(arguments))
                .build();
    }

    private static String joined(List<String> arguments) {
        return arguments.isEmpty() ? "" : ", " + String.join(", ", arguments);
    }
}
