package dev.skive.frontend.onnx.operator;

import static dev.skive.frontend.onnx.RandomTensors.declared;
import static dev.skive.frontend.onnx.TestModel.integer;
import static dev.skive.frontend.onnx.TestModel.real;

import com.google.common.primitives.Longs;
import dev.skive.frontend.onnx.RandomTensors;
import dev.skive.frontend.onnx.RoundTrip;
import dev.skive.frontend.onnx.TestModel;
import dev.skive.frontend.onnx.file.OnnxTypes;
import dev.skive.frontend.onnx.proto.AttributeProto;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.ElementType;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// Activations, angles, bits and questions, over random shapes, empty ones and rank 0 among them.
class ActivationsTest {
    private static final RoundTrip CHECK = new RoundTrip(16);
    private static final double[] SPECIAL = {
        0,
        -0.0,
        0.5,
        -0.5,
        1.5,
        2.5,
        -2.5,
        3,
        -3,
        100,
        -100,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY
    };

    @Provide
    Arbitrary<List<Integer>> shapes() {
        return Arbitraries.integers().between(0, 4).list().ofMaxSize(4);
    }

    @Provide
    Arbitrary<String> activations() {
        return Arbitraries.of(
                "Celu",
                "Elu",
                "Selu",
                "ThresholdedRelu",
                "Softplus",
                "Softsign",
                "Mish",
                "Shrink",
                "Clip",
                "Sign",
                "IsNaN",
                "IsInf",
                "Round",
                "LeakyRelu",
                "HardSigmoid",
                "HardSwish");
    }

    private static TestModel unary(int opset, String type, Tensor x, AttributeProto... attributes) {
        return new TestModel(opset)
                .input("x", x.element(), declared(true, "x", x.sizes()))
                .node(type, "x", "y", attributes)
                .output("y");
    }

    @Property(tries = 60)
    void activations(@ForAll("activations") String type, @ForAll("shapes") List<Integer> shape, @ForAll long seed) {
        Tensor x = new RandomTensors(seed).floats(Longs.toArray(shape));
        CHECK.check(unary(18, type, x), Map.of("x", x), 13, 18);
    }

    @Property(tries = 30)
    void activationsAtSpecialValues(@ForAll("activations") String type) {
        Tensor x = Tensor.ofReals(ElementType.FLOAT32, SPECIAL, SPECIAL.length);
        CHECK.check(unary(18, type, x), Map.of("x", x), 18);
    }

    @Property(tries = 40)
    void angles(@ForAll("shapes") List<Integer> shape, @ForAll long seed) {
        Tensor x = new RandomTensors(seed).floatsBetween(-1, 1, Longs.toArray(shape));
        var model = new TestModel(17).input("x", ElementType.FLOAT32, declared(true, "x", x.sizes()));
        for (String type : List.of("Acos", "Asin", "Asinh", "Atan", "Atanh", "Cosh", "Sinh", "Tan")) {
            model.node(type, "x", type).output(type);
        }
        // Near 1 a last bit of the operand is many of the result.
        model.constant("one", TensorData.scalar(ElementType.FLOAT32, 1)).node("Add", "Cosh,one", "above");
        CHECK.check(model.node("Acosh", "above", "Acosh").output("Acosh"), Map.of("x", x), 17);
    }

    @Property(tries = 20)
    void attributes(@ForAll("shapes") List<Integer> shape, @ForAll long seed) {
        var random = new RandomTensors(seed);
        Tensor x = random.floats(Longs.toArray(shape));
        float alpha = (float) random.random().nextDouble(0.1, 2);
        var model =
                new TestModel(20)
                        .input("x", ElementType.FLOAT32, declared(true, "x", x.sizes()))
                        .node("Celu", "x", "a", real("alpha", alpha))
                        .node("Elu", "x", "b", real("alpha", alpha))
                        .node("Selu", "x", "c", real("alpha", alpha), real("gamma", 2))
                        .node("ThresholdedRelu", "x", "d", real("alpha", alpha))
                        .node("Shrink", "x", "e", real("lambd", alpha), real("bias", 0.25f))
                        .node("IsInf", "x", "f", integer("detect_negative", 0))
                        .node("IsInf", "x", "g", integer("detect_negative", 0), integer("detect_positive", 0))
                        .output("a", "b", "c", "d", "e", "f", "g");
        model.proto().setIrVersion(9);
        CHECK.check(model, Map.of("x", x), 17);
    }

    @Property(tries = 10)
    void gatedBySigmoid(@ForAll("shapes") List<Integer> shape, @ForAll long seed) {
        Tensor x = new RandomTensors(seed).floats(Longs.toArray(shape));
        var model =
                new TestModel(24)
                        .domain("com.microsoft")
                        .input("x", ElementType.FLOAT32, declared(true, "x", x.sizes()))
                        .node("Swish", "x", "a", real("alpha", 0.7f))
                        .node("com.microsoft:QuickGelu", "x", "b")
                        .output("a", "b");
        model.proto().setIrVersion(10);
        CHECK.check(model, Map.of("x", x), 17);
    }

    @Property(tries = 20)
    void slopes(@ForAll("shapes") List<Integer> shape, @ForAll long seed) {
        var random = new RandomTensors(seed);
        Tensor x = random.floats(Longs.toArray(shape));
        Tensor slope = random.floats(random.broadcastable(shape));
        var model =
                new TestModel(16)
                        .input("x", ElementType.FLOAT32, declared(true, "x", x.sizes()))
                        .input("slope", ElementType.FLOAT32, declared(true, "s", slope.sizes()))
                        .node("PRelu", "x,slope", "y")
                        .output("y");
        CHECK.check(model, Map.of("x", x, "slope", slope), 17);
    }

    @Property(tries = 20)
    void exclusiveOr(@ForAll("shapes") List<Integer> shape, @ForAll long seed) {
        var random = new RandomTensors(seed);
        Tensor a = random.integers(ElementType.BOOL, 0, 2, Longs.toArray(shape));
        Tensor b = random.integers(ElementType.BOOL, 0, 2, random.broadcastable(shape));
        CHECK.check(binary(17, "Xor", a, b), Map.of("a", a, "b", b), 17);
    }

    @Property(tries = 20)
    void remainders(@ForAll("shapes") List<Integer> shape, @ForAll long seed) {
        var random = new RandomTensors(seed);
        Tensor a = random.integers(ElementType.INT64, -20, 20, Longs.toArray(shape));
        Tensor b = random.integers(ElementType.INT64, -9, -1, random.broadcastable(shape));
        CHECK.check(binary(13, "Mod", a, b), Map.of("a", a, "b", b), 17);
        CHECK.check(binary(13, "Mod", a, b, integer("fmod", 1)), Map.of("a", a, "b", b), 17);
        Tensor x = random.floats(Longs.toArray(shape));
        Tensor y = random.floats(random.broadcastable(shape));
        CHECK.check(binary(13, "Mod", x, y, integer("fmod", 1)), Map.of("a", x, "b", y), 17);
    }

    @Property(tries = 20)
    void bits(@ForAll("shapes") List<Integer> shape, @ForAll long seed) {
        var random = new RandomTensors(seed);
        Tensor a = random.integers(ElementType.UINT8, 0, 256, Longs.toArray(shape));
        Tensor b = random.integers(ElementType.UINT8, 0, 8, random.broadcastable(shape));
        var model =
                new TestModel(18)
                        .input("a", ElementType.UINT8, declared(true, "a", a.sizes()))
                        .input("b", ElementType.UINT8, declared(true, "b", b.sizes()))
                        .node("BitwiseAnd", "a,b", "and")
                        .node("BitwiseOr", "a,b", "or")
                        .node("BitwiseXor", "a,b", "xor")
                        .node("BitwiseNot", "a", "not")
                        .node("BitShift", "a,b", "left", TestModel.text("direction", "LEFT"))
                        .node("BitShift", "a,b", "right", TestModel.text("direction", "RIGHT"))
                        .output("and", "or", "xor", "not", "left", "right");
        CHECK.check(model, Map.of("a", a, "b", b), 18);
    }

    private static TestModel binary(int opset, String type, Tensor a, Tensor b, AttributeProto... attributes) {
        return new TestModel(opset)
                .input("a", a.element(), declared(true, "a", a.sizes()))
                .input("b", b.element(), declared(true, "b", b.sizes()))
                .node(type, "a,b", "y", attributes)
                .output("y");
    }

    @Property(tries = 20)
    void integers(@ForAll("shapes") List<Integer> shape, @ForAll long seed) {
        var random = new RandomTensors(seed);
        Tensor x = random.integers(ElementType.INT32, -9, 10, Longs.toArray(shape));
        var model =
                new TestModel(17)
                        .input("x", ElementType.INT32, declared(true, "x", x.sizes()))
                        .constant("low", dev.skive.ir.data.TensorData.scalar(ElementType.INT32, -3))
                        .node("Sign", "x", "a")
                        .node("Clip", "x,low", "b")
                        .node("Clip", "x,,low", "c")
                        .node("Shrink", "x", "d", real("lambd", 1.5f), real("bias", 1.5f))
                        .node("Cast", "x", "half", integer("to", OnnxTypes.number(ElementType.FLOAT16)))
                        .node("Cast", "half", "e", integer("to", OnnxTypes.number(ElementType.FLOAT64)))
                        .output("a", "b", "c", "d", "e");
        CHECK.check(model, Map.of("x", x), 17);
    }
}
