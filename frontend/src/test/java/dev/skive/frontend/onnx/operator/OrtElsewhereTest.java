package dev.skive.frontend.onnx.operator;

import static dev.skive.frontend.onnx.TestModel.integer;
import static dev.skive.frontend.onnx.TestModel.integers;
import static dev.skive.frontend.onnx.TestModel.real;
import static dev.skive.frontend.onnx.TestModel.text;

import dev.skive.frontend.onnx.OnnxImporter;
import dev.skive.frontend.onnx.OrtSession;
import dev.skive.frontend.onnx.RandomTensors;
import dev.skive.frontend.onnx.RoundTrip;
import dev.skive.frontend.onnx.TestModel;
import dev.skive.ir.eval.Interpreter;
import dev.skive.ir.eval.Precision;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.ElementType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Operators of ORT's own that its CPU kernels lack, against what they are made of in ONNX Runtime.
class OrtElsewhereTest {
    private static final RoundTrip CHECK = new RoundTrip(64);

    private final RandomTensors random = new RandomTensors(11);
    @TempDir private Path folder = Path.of("");

    private void check(TestModel model, TestModel parts, Map<String, Tensor> inputs) throws IOException {
        Path file = model.write(folder.resolve("model.onnx"));
        Path standard = parts.write(folder.resolve("parts.onnx"));
        var actual = new Interpreter(Precision.DECLARED).run(new OnnxImporter().read(file), inputs);
        CHECK.compare("interpreter", OrtSession.run(standard, inputs), actual);
        Files.delete(file);
        Files.delete(standard);
    }

    private static TestModel over(Map<String, Tensor> inputs) {
        var model = new TestModel(18).domain("com.microsoft");
        inputs.forEach((name, tensor) ->
                model.input(name, tensor.element(), RandomTensors.declared(false, name, tensor.sizes())));
        return model;
    }

    @Test
    void biasAdd() throws IOException {
        var inputs = Map.of("x", random.floats(2, 3, 4), "b", random.floats(4), "s", random.floats(2, 3, 4));
        check(
                over(inputs).node("com.microsoft:BiasAdd", "x,b,s", "y").output("y"),
                over(inputs).node("Add", "x,b", "t").node("Add", "t,s", "y").output("y"),
                inputs);
    }

    @ParameterizedTest
    @CsvSource({"-1, 1", "3, 0", "2, 1"})
    void biasSoftmax(int axis, int inner) throws IOException {
        var inputs = Map.of("x", random.floats(2, 3, 4, 5), "b", random.floats(2, 1, 4, 5));
        var type = integer("axis", axis);
        check(
                over(inputs)
                        .node("com.microsoft:BiasSoftmax", "x,b", "y", type, integer("is_inner_broadcast", inner))
                        .output("y"),
                new TestModel(11)
                        .input("x", ElementType.FLOAT32, 2, 3, 4, 5)
                        .input("b", ElementType.FLOAT32, 2, 1, 4, 5)
                        .node("Add", "x,b", "t")
                        .node("Softmax", "t", "y", type)
                        .output("y"),
                inputs);
    }

    @Test
    void biasDropout() throws IOException {
        var inputs = Map.of("x", random.floats(3, 4), "b", random.floats(4), "r", random.floats(3, 4));
        check(
                over(inputs).nodes("com.microsoft:BiasDropout", "x,b,r", List.of("y", "mask")).output("y", "mask"),
                over(inputs)
                        .node("Add", "x,b", "t")
                        .nodes("Dropout", "t", List.of("d", "mask"))
                        .node("Add", "d,r", "y")
                        .output("y", "mask"),
                inputs);
    }

    @ParameterizedTest
    @CsvSource({"1, 0, false", "1, 1, false", "0, 1, false", "1, 0, true", "1, 1, true"})
    void groupNorm(int last, int activation, boolean skips) throws IOException {
        Tensor x = last == 1 ? random.floats(2, 3, 2, 8) : random.floats(2, 8, 3, 2);
        var inputs =
                skips
                        ? Map.of("x", x, "g", random.floats(8), "b", random.floats(8), "s", random.floats(2, 3, 2, 8))
                        : Map.of("x", x, "g", random.floats(8), "b", random.floats(8));
        var model =
                over(inputs)
                        .node(
                                skips ? "com.microsoft:SkipGroupNorm" : "com.microsoft:GroupNorm",
                                skips ? "x,g,b,s" : "x,g,b",
                                "y",
                                integer("groups", 4),
                                integer("channels_last", last),
                                integer("activation", activation),
                                real("epsilon", 1e-3f))
                        .output("y");
        var parts = over(inputs).constant("ones", ones(4)).constant("zeros", zeros(4));
        parts.node(skips ? "Add" : "Identity", skips ? "x,s" : "x", "sum");
        parts.node(last == 1 ? "Transpose" : "Identity", "sum", "t", permutation(last, 0, 3, 1, 2));
        parts.node("GroupNormalization", "t,ones,zeros", "n", integer("num_groups", 4), real("epsilon", 1e-3f));
        parts.longs("wide", 8, 1, 1).node("Reshape", "g,wide", "gw").node("Reshape", "b,wide", "bw");
        parts.node("Mul", "n,gw", "m").node("Add", "m,bw", "a").node("Sigmoid", "a", "sigmoid");
        parts.node(activation == 1 ? "Mul" : "Identity", activation == 1 ? "a,sigmoid" : "a", "z");
        parts.node(last == 1 ? "Transpose" : "Identity", "z", "y", permutation(last, 0, 2, 3, 1)).output("y");
        check(model, parts, inputs);
    }

    private static dev.skive.frontend.onnx.proto.AttributeProto[] permutation(int last, long... perm) {
        return last == 1
                ? new dev.skive.frontend.onnx.proto.AttributeProto[] {integers("perm", perm)}
                : new dev.skive.frontend.onnx.proto.AttributeProto[0];
    }

    private static dev.skive.ir.data.TensorData ones(int count) {
        var values = new float[count];
        java.util.Arrays.fill(values, 1);
        return dev.skive.ir.data.TensorData.ofFloats(values, count);
    }

    private static dev.skive.ir.data.TensorData zeros(int count) {
        return dev.skive.ir.data.TensorData.ofFloats(new float[count], count);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void packedHeads(boolean all) throws IOException {
        Tensor x = all ? random.floats(2, 3, 2, 3, 4) : random.floats(2, 5, 2, 2, 4);
        var inputs = all ? Map.of("x", x) : Map.of("q", random.floats(2, 3, 8), "x", x);
        var packed =
                over(inputs)
                        .node("com.microsoft:MultiHeadAttention", all ? "x" : "q,x", "y", integer("num_heads", 2))
                        .output("y");
        var parts = over(inputs).longs("at", 3).longs("joined", 0, 0, -1);
        List<String> names = all ? List.of("a", "b", "c") : List.of("b", "c");
        parts.nodes("Split", "x", names, integer("axis", 3), integer("num_outputs", names.size()));
        for (String name : names) {
            parts.node("Reshape", name + ",joined", name + "3");
        }
        String operands = all ? "a3,b3,c3" : "q,b3,c3";
        parts.node("com.microsoft:MultiHeadAttention", operands, "y", integer("num_heads", 2)).output("y");
        check(packed, parts, inputs);
    }

    @ParameterizedTest
    @CsvSource({"NaN, 0, 0", "Infinity, 0, 0", "-Infinity, 1, 0", "NaN, 1, 0", "Infinity, 0, 1", "1, 0, 0"})
    void isAllFinite(double special, int infiniteOnly, int nanOnly) throws IOException {
        Tensor odd = Tensor.ofReals(ElementType.FLOAT32, new double[] {1, special, 2}, 3);
        var inputs = Map.of("x", random.floats(2, 3), "z", odd);
        boolean bad = (Double.isInfinite(special) && nanOnly == 0) || (Double.isNaN(special) && infiniteOnly == 0);
        check(
                over(inputs)
                        .node(
                                "com.microsoft:IsAllFinite",
                                "x,z",
                                "y",
                                integer("isinf_only", infiniteOnly),
                                integer("isnan_only", nanOnly))
                        .output("y"),
                over(inputs)
                        .constant("y0", dev.skive.ir.data.TensorData.scalar(ElementType.BOOL, bad ? 0 : 1))
                        .node("Identity", "y0", "y")
                        .output("y"),
                inputs);
    }

    @Test
    void sumsOfBytes() throws IOException {
        var inputs = Map.of("x", random.integers(ElementType.INT8, -128, 128, 3, 4, 2));
        check(
                over(inputs).node("com.microsoft:ReduceSumInteger", "x", "y", integers("axes", 1, -1)).output("y"),
                over(inputs)
                        .longs("axes", 1, 2)
                        .node("Cast", "x", "wide", integer("to", 6))
                        .node("ReduceSum", "wide,axes", "y")
                        .output("y"),
                inputs);
    }

    @Test
    void activatedProduct() throws IOException {
        var inputs = Map.of("a", random.floats(3, 5), "b", random.floats(5, 4));
        check(
                over(inputs)
                        .node("com.microsoft:FusedMatMulActivation", "a,b", "y", text("activation", "Relu"))
                        .output("y"),
                over(inputs).node("MatMul", "a,b", "t").node("Relu", "t", "y").output("y"),
                inputs);
    }
}
