package dev.skive.frontend.onnx.function;

import static dev.skive.frontend.onnx.TestModel.integer;
import static dev.skive.frontend.onnx.TestModel.real;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skive.frontend.onnx.Limits;
import dev.skive.frontend.onnx.RandomTensors;
import dev.skive.frontend.onnx.RoundTrip;
import dev.skive.frontend.onnx.TestModel;
import dev.skive.frontend.onnx.proto.AttributeProto;
import dev.skive.frontend.onnx.proto.FunctionProto;
import dev.skive.frontend.onnx.proto.GraphProto;
import dev.skive.frontend.onnx.proto.NodeProto;
import dev.skive.frontend.onnx.proto.OperatorSetIdProto;
import dev.skive.ir.SkiveException;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.ElementType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FunctionInliningTest {
    private static final RoundTrip CHECK = new RoundTrip(16);
    private static final String DOMAIN = "local";

    private static FunctionProto.Builder function(String name, String inputs, String outputs, int opset) {
        return FunctionProto.newBuilder()
                .setName(name)
                .setDomain(DOMAIN)
                .addAllInput(List.of(inputs.split(",")))
                .addAllOutput(List.of(outputs.split(",")))
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset))
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain(DOMAIN).setVersion(1));
    }

    private static NodeProto node(String type, String operands, String results, AttributeProto... attributes) {
        int colon = type.indexOf(':');
        return NodeProto.newBuilder()
                .setDomain(colon < 0 ? "" : type.substring(0, colon))
                .setOpType(type.substring(colon + 1))
                .addAllInput(List.of(operands.split(",", -1)))
                .addAllOutput(List.of(results.split(",", -1)))
                .addAllAttribute(List.of(attributes))
                .build();
    }

    private static AttributeProto reference(String name, String of, AttributeProto.AttributeType type) {
        return AttributeProto.newBuilder().setName(name).setRefAttrName(of).setType(type).build();
    }

    private static TestModel model(int opset, FunctionProto.Builder... functions) {
        var model = new TestModel(opset).domain(DOMAIN).input("x", ElementType.FLOAT32, "n", 4);
        for (FunctionProto.Builder function : functions) {
            model.proto().addFunctions(function);
        }
        return model;
    }

    private static void check(TestModel model) {
        Tensor x = new RandomTensors(7).floats(3, 4);
        CHECK.check(model, Map.of("x", x), 17);
    }

    /// Attributes that are given, left to their default, or left out; a name of the caller's inside the function.
    @Test
    void attributes() {
        var type = AttributeProto.AttributeType.FLOAT;
        var leaky =
                function("Leaky", "a", "y", 17)
                        .addAttribute("scale")
                        .addAttributeProto(real("slope", 0.25f))
                        .addNode(node("LeakyRelu", "a", "x", reference("alpha", "slope", type)))
                        .addNode(node("Elu", "x", "y", reference("alpha", "scale", type)));
        check(
                model(17, leaky)
                        .node("local:Leaky", "x", "y", real("scale", 2))
                        .node("local:Leaky", "y", "z", real("slope", 0.5f), real("scale", 3))
                        .output("y", "z"));
    }

    /// Functions in functions; an operand that is left out; a result nobody wants; an input that is an output.
    @Test
    void nesting() {
        var inner =
                function("Inner", "a,low", "y,unused,same", 17)
                        .addNode(node("Clip", "a,low", "y"))
                        .addNode(node("Neg", "y", "unused"))
                        .addNode(node("Identity", "a", "same"));
        var outer =
                function("Outer", "a", "t,s", 17)
                        .addNode(node("local:Inner", "a,", "y,v,s"))
                        .addNode(node("local:Inner", "y", "u,w,o"))
                        .addNode(node("Mul", "u,y", "t"));
        check(model(17, inner, outer).nodes("local:Outer", "x", List.of("y", "s")).output("y", "s"));
    }

    /// The opset of a function decides what its nodes mean: before 13 softmax ran over all axes from its own on.
    @Test
    void opsets() {
        var old = function("Old", "a", "y", 11).addNode(node("Softmax", "a", "y", integer("axis", 0)));
        var model = model(17, old).node("local:Old", "x", "y").node("Softmax", "x", "z", integer("axis", 0));
        var inlined = FunctionInlining.inline(model.output("y", "z").proto().build(), Limits.DEFAULT);
        assertThat(inlined.getFunctionsCount()).isZero();
        Tensor x = new RandomTensors(7).floats(3, 4);
        var direct = new TestModel(11).input("x", ElementType.FLOAT32, "n", 4);
        direct.node("Softmax", "x", "y", integer("axis", 0)).output("y");
        CHECK.compare("function", interpreted(direct, x), Map.of("y", get(interpreted(model, x), "y")));
    }

    private static Tensor get(Map<String, Tensor> tensors, String name) {
        return java.util.Objects.requireNonNull(tensors.get(name));
    }

    private static Map<String, Tensor> interpreted(TestModel model, Tensor x) {
        try {
            java.nio.file.Path file = java.nio.file.Files.createTempFile("skive-test", ".onnx");
            try {
                var graph = new dev.skive.frontend.onnx.OnnxImporter().read(model.write(file));
                return new dev.skive.ir.eval.Interpreter(dev.skive.ir.eval.Precision.DECLARED)
                        .run(graph, Map.of("x", x));
            } finally {
                java.nio.file.Files.deleteIfExists(file);
            }
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /// A function with a name of the standard goes before the operator, and overloads are apart.
    @Test
    void namesOfOperators() {
        var relu = function("Relu", "a", "y", 17).setDomain("").addNode(node("Neg", "a", "y"));
        var plain = function("F", "a", "y", 17).addNode(node("Abs", "a", "y"));
        var other = function("F", "a", "y", 17).setOverload("other").addNode(node("Exp", "a", "y"));
        var model = model(17, relu, plain, other).node("Relu", "x", "y").node("local:F", "y", "z");
        model.proto().getGraphBuilder().addNode(node("local:F", "y", "o").toBuilder().setOverload("other"));
        var inlined = FunctionInlining.inline(model.output("z", "o").proto().build(), Limits.DEFAULT);
        assertThat(inlined.getGraph().getNodeList().stream().map(NodeProto::getOpType))
                .containsExactly("Neg", "Abs", "Exp");
    }

    /// Names in a graph within a function do not hide those of the caller.
    @Test
    void graphsWithin() {
        var branch =
                GraphProto.newBuilder()
                        .setName("then")
                        .addNode(node("Add", "a,a", "x"))
                        .addNode(node("Mul", "x,a", "t"))
                        .addOutput(TestModel.value("t", ElementType.FLOAT32));
        var graph =
                AttributeProto.newBuilder()
                        .setName("then_branch")
                        .setType(AttributeProto.AttributeType.GRAPH)
                        .setG(branch)
                        .build();
        var chosen = function("Chosen", "a,c", "y", 17).addNode(node("If", "c", "y", graph));
        var model = model(17, chosen).nodes("local:Chosen", "x,c", List.of("y")).output("y");
        var inlined = FunctionInlining.inline(model.proto().build(), Limits.DEFAULT);
        GraphProto inner = inlined.getGraph().getNode(0).getAttribute(0).getG();
        assertThat(inner.getNode(0).getInputList()).containsExactly("x", "x");
        assertThat(inner.getNode(0).getOutput(0)).isNotEqualTo("x");
        assertThat(inner.getNode(1).getInputList()).containsExactly(inner.getNode(0).getOutput(0), "x");
        assertThat(inner.getOutput(0).getName()).isEqualTo(inner.getNode(1).getOutput(0));
    }

    /// Calls in graphs within the model are replaced as well.
    @Test
    void callsWithinGraphs() {
        var twice = function("Twice", "a", "y", 17).addNode(node("Add", "a,a", "y"));
        var branch =
                GraphProto.newBuilder()
                        .setName("then")
                        .addNode(node("local:Twice", "x", "t"))
                        .addOutput(TestModel.value("t", ElementType.FLOAT32));
        var model = model(17, twice).output("y");
        model.proto()
                .getGraphBuilder()
                .addNode(
                        node("If", "c", "y").toBuilder()
                                .addAttribute(
                                        AttributeProto.newBuilder()
                                                .setName("then_branch")
                                                .setType(AttributeProto.AttributeType.GRAPH)
                                                .setG(branch)));
        var inlined = FunctionInlining.inline(model.proto().build(), Limits.DEFAULT);
        NodeProto inner = inlined.getGraph().getNode(0).getAttribute(0).getG().getNode(0);
        assertThat(inner.getOpType()).isEqualTo("Add");
        assertThat(inner.getOutput(0)).isEqualTo("t");
    }

    @Test
    void refusals() {
        var a = function("A", "a", "y", 17).addNode(node("local:B", "a", "y"));
        var b = function("B", "a", "y", 17).addNode(node("local:A", "a", "y"));
        refused(model(17, a, b).node("local:A", "x", "y"), "calls itself: local.A -> local.B -> local.A");
        refused(model(17, a, a).node("local:A", "x", "y"), "function 'local.A' is defined twice");
        var plain = function("F", "a", "y", 17).addNode(node("Abs", "a", "y"));
        refused(model(17, plain).node("local:F", "x,x", "y"), "2 operands for 1 inputs");
        refused(model(17, plain).nodes("local:F", "x", List.of("y", "z")), "2 results for 1 outputs");
        refused(model(17, plain).node("local:F", "x", "y", real("alpha", 1)), "attribute 'alpha' is unknown");
        var empty = function("E", "a", "y", 17);
        refused(model(17, empty).node("local:E", "x", "y"), "nothing defines its output 'y'");
    }

    /// Functions that double what they call are refused before they fill the memory.
    @Test
    void explosion() {
        var functions = new FunctionProto.Builder[31];
        functions[0] = function("F0", "a", "y", 17).addNode(node("Abs", "a", "y"));
        for (int i = 1; i < functions.length; i++) {
            functions[i] =
                    function("F" + i, "a", "y", 17)
                            .addNode(node("local:F" + (i - 1), "a", "t"))
                            .addNode(node("local:F" + (i - 1), "t", "y"));
        }
        refused(model(17, functions).node("local:F30", "x", "y"), "exceed the limit of 1000000 nodes");
    }

    private static void refused(TestModel model, String message) {
        assertThatThrownBy(() -> FunctionInlining.inline(model.proto().build(), Limits.DEFAULT))
                .isInstanceOf(SkiveException.class)
                .hasMessageContaining(message);
    }
}
