package dev.skive.codegen.emit;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.NameAllocator;
import dev.skive.codegen.program.Program;
import dev.skive.codegen.program.Routine;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Body;
import dev.skive.ir.op.If;
import dev.skive.ir.op.Input;
import dev.skive.ir.op.Loop;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.TensorType;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/// The method that goes through the steps of one graph.
final class RoutineMethod {
    private static final ClassName CONTROL = RuntimeTypes.dynamic("Control");
    private static final ClassName ITERATION = RuntimeTypes.dynamic("Iteration");

    private final Routine routine;
    private final NameAllocator variables = new NameAllocator();
    private final Map<Value, CodeBlock> places = new LinkedHashMap<>();
    private final CodeBlock.Builder code = CodeBlock.builder();

    RoutineMethod(Routine routine) {
        this.routine = routine;
        List.of("in", "team", "vector").forEach(variables::newName);
    }

    /// The name of the method of a routine.
    static String name(int number) {
        return number == 0 ? "run" : "graph" + number;
    }

    /// The method.
    MethodSpec emit() {
        for (int i = 0; i < routine.graph().inputs().size(); i++) {
            Value input = routine.graph().inputs().get(i);
            String variable = variables.newName(Identifiers.camelCase(((Input) input.node().op()).name()));
            code.addStatement("final $T $L = in[$L]", RuntimeTypes.VALUE, variable, i);
            places.put(input, CodeBlock.of("$L", variable));
        }
        for (Routine.Step step : routine.steps()) {
            switch (step) {
                case Routine.Part part -> call(part);
                case Routine.Apply(Node node, var bodies) -> apply(node, bodies);
            }
        }
        CodeBlock results =
                routine.graph().outputs().values().stream().map(this::place).collect(CodeBlock.joining(", "));
        code.addStatement("return new $T[] {$L}", RuntimeTypes.VALUE, results);
        return MethodSpec.methodBuilder(name(routine.number()))
                .addJavadoc("The graph {@code $L}.\n", Identifiers.comment(routine.graph().name()))
                .addModifiers(Modifier.PRIVATE)
                .returns(RuntimeTypes.VALUES)
                .addParameter(RuntimeTypes.VALUES, "in")
                .varargs()
                .addCode(code.build())
                .build();
    }

    private CodeBlock place(Value value) {
        CodeBlock known = places.get(value);
        if (known != null) {
            return known;
        }
        TensorData data =
                value.constant().orElseThrow(() -> new AssertionError("not computed before it is used: " + value));
        return strings(data);
    }

    private static CodeBlock strings(TensorData data) {
        String elements = data.text().stream().map(Identifiers::literal).collect(Collectors.joining(", "));
        String sizes = Arrays.stream(data.sizes()).mapToObj(size -> ", " + size + "L").collect(Collectors.joining());
        return CodeBlock.of("$T.of(new $T[] {$L}$L)", RuntimeTypes.of("StringTensor"), String.class, elements, sizes);
    }

    private CodeBlock operands(List<Value> values) {
        return values.stream().map(this::place).collect(CodeBlock.joining(", "));
    }

    private void call(Routine.Part part) {
        String results = variables.newName("results" + part.number());
        String separator = part.inputs().isEmpty() ? "" : ", ";
        code.addStatement(
                "final $T[] $L = $T.call(part$L$L$L)",
                RuntimeTypes.VALUE,
                results,
                CONTROL,
                part.number(),
                separator,
                part.inputs().stream().map(this::partInput).collect(CodeBlock.joining(", ")));
        for (int i = 0; i < part.outputs().size(); i++) {
            places.put(part.outputs().get(i), CodeBlock.of("$L[$L]", results, i));
        }
    }

    private CodeBlock partInput(Value value) {
        return Program.isCompiled(value.type()) ? place(value) : CodeBlock.of("$T.sizesOf($L)", CONTROL, place(value));
    }

    private void apply(Node node, List<Routine> bodies) {
        code.add("// $L\n", Identifiers.comment(routine.graph().origin(node).toString()));
        String first = routine.graph().origin(node).sources().iterator().next();
        String variable = variables.newName(Identifiers.camelCase(first));
        switch (node.op()) {
            case If branch -> branch(node, branch, bodies, variable);
            case Loop loop -> loop(node, loop, bodies.getFirst(), variable);
            default -> single(node, variable);
        }
    }

    private void single(Node node, String variable) {
        CodeBlock call = new RuntimeCall(node, this::place).code();
        boolean isOne = node.types().size() == 1;
        code.addStatement("final $T $L = $L", isOne ? RuntimeTypes.VALUE : RuntimeTypes.VALUES, variable, call);
        bind(node, variable, isOne);
    }

    private void bind(Node node, String variable, boolean isOne) {
        for (int i = 0; i < node.types().size(); i++) {
            places.put(node.result(i), isOne ? CodeBlock.of("$L", variable) : CodeBlock.of("$L[$L]", variable, i));
        }
    }

    private CodeBlock captured(Node node, Body body) {
        return body.captures().stream().map(node::operand).map(this::place).collect(CodeBlock.joining(", "));
    }

    private void branch(Node node, If branch, List<Routine> bodies, String variable) {
        code.addStatement("final $T[] $L", RuntimeTypes.VALUE, variable);
        code.beginControlFlow("if ($T.holds($L))", CONTROL, place(node.operand(0)));
        code.addStatement("$L = $L($L)", variable, name(bodies.get(0).number()), captured(node, branch.yes()));
        code.nextControlFlow("else");
        code.addStatement("$L = $L($L)", variable, name(bodies.get(1).number()), captured(node, branch.no()));
        code.endControlFlow();
        bind(node, variable, false);
    }

    private void loop(Node node, Loop loop, Routine body, String variable) {
        String iteration = variables.newName("loop");
        CodeBlock slices =
                loop.types().subList(loop.states(), loop.types().size()).stream()
                        .map(type -> slice((TensorType) type))
                        .collect(CodeBlock.joining(", "));
        List<Value> states = node.operands().subList(2, 2 + loop.states());
        code.addStatement(
                "final $T $L = new $T($L, $L, new $T[] {$L}$L$L)",
                ITERATION,
                iteration,
                ITERATION,
                orNull(node.operand(0)),
                orNull(node.operand(1)),
                ITERATION.nestedClass("Slice"),
                slices,
                states.isEmpty() ? "" : ", ",
                operands(states));
        code.beginControlFlow("while ($L.goesOn())", iteration);
        code.addStatement(
                "$L.next($L($L.inputs($L)))", iteration, name(body.number()), iteration, captured(node, loop.body()));
        code.endControlFlow();
        code.addStatement("final $T[] $L = $L.results()", RuntimeTypes.VALUE, variable, iteration);
        bind(node, variable, false);
    }

    private CodeBlock orNull(Value operand) {
        return operand.isAbsent() ? CodeBlock.of("null") : place(operand);
    }

    private CodeBlock slice(TensorType type) {
        var code = CodeBlock.builder();
        code.add("new $T($L", ITERATION.nestedClass("Slice"), RuntimeTypes.kind(type.element()));
        type.shape().dims().stream().skip(1).forEach(dim -> code.add(", $L", size(dim)));
        return code.add(")").build();
    }

    /// A size that is a number or that some value has; 0 for others, which a loop without iterations leaves open.
    private CodeBlock size(Dim dim) {
        if (dim.isKnown()) {
            return CodeBlock.of("$L", dim.known());
        }
        for (Map.Entry<Value, CodeBlock> entry : places.entrySet()) {
            if (entry.getKey().type() instanceof TensorType known && known.shape().dims().contains(dim)) {
                return CodeBlock.of("$T.size($L, $L)", CONTROL, entry.getValue(), known.shape().dims().indexOf(dim));
            }
        }
        return CodeBlock.of("0");
    }
}
