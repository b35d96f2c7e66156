package dev.skive.frontend.onnx.operator;

import static dev.skive.frontend.onnx.RandomTensors.declared;
import static dev.skive.frontend.onnx.TestModel.integer;
import static dev.skive.frontend.onnx.TestModel.real;

import com.google.common.primitives.Longs;
import dev.skive.frontend.onnx.RandomTensors;
import dev.skive.frontend.onnx.RoundTrip;
import dev.skive.frontend.onnx.TestModel;
import dev.skive.frontend.onnx.file.OnnxTypes;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.ElementType;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ElementwiseOperatorsTest {
    private static final RoundTrip CHECK = new RoundTrip(16);

    @Provide
    Arbitrary<List<Integer>> shapes() {
        return Arbitraries.integers().between(1, 4).list().ofMaxSize(4);
    }

    @Provide
    Arbitrary<String> unary() {
        return Arbitraries.of(
                "Abs",
                "Neg",
                "Floor",
                "Ceil",
                "Exp",
                "Sin",
                "Cos",
                "Tanh",
                "Erf",
                "Relu",
                "Sigmoid",
                "HardSigmoid",
                "HardSwish",
                "LeakyRelu",
                "Identity");
    }

    @Provide
    Arbitrary<String> positive() {
        return Arbitraries.of("Sqrt", "Log", "Reciprocal");
    }

    @Provide
    Arbitrary<String> arithmetic() {
        return Arbitraries.of("Add", "Sub", "Mul", "Div", "Max", "Min");
    }

    @Provide
    Arbitrary<String> comparison() {
        return Arbitraries.of("Equal", "Less", "Greater", "LessOrEqual", "GreaterOrEqual");
    }

    @Property(tries = 40)
    void unary(
            @ForAll("unary") String type,
            @ForAll("shapes") List<Integer> shape,
            @ForAll boolean symbolic,
            @ForAll long seed) {
        Tensor x = new RandomTensors(seed).floats(Longs.toArray(shape));
        var model =
                new TestModel(17)
                        .input("x", ElementType.FLOAT32, declared(symbolic, "x", x.sizes()))
                        .node(type, "x", "y")
                        .output("y");
        CHECK.check(model, Map.of("x", x), 13, 18);
    }

    @Property(tries = 20)
    void unaryOnPositiveNumbers(
            @ForAll("positive") String type, @ForAll("shapes") List<Integer> shape, @ForAll long seed) {
        Tensor x = new RandomTensors(seed).floatsBetween(0.5, 100, Longs.toArray(shape));
        var model =
                new TestModel(17)
                        .input("x", ElementType.FLOAT32, declared(true, "x", x.sizes()))
                        .node(type, "x", "y")
                        .output("y");
        CHECK.check(model, Map.of("x", x), 17);
    }

    @Property(tries = 40)
    void arithmeticBroadcasts(
            @ForAll("arithmetic") String type,
            @ForAll("shapes") List<Integer> shape,
            @ForAll boolean symbolic,
            @ForAll long seed) {
        var random = new RandomTensors(seed);
        Tensor a = random.floats(Longs.toArray(shape));
        Tensor b = random.floatsBetween(0.5, 2, random.broadcastable(shape));
        CHECK.check(binary(type, a, b, symbolic), Map.of("a", a, "b", b), 14);
    }

    @Property(tries = 20)
    void arithmeticOnIntegers(
            @ForAll("arithmetic") String type, @ForAll("shapes") List<Integer> shape, @ForAll long seed) {
        var random = new RandomTensors(seed);
        Tensor a = random.integers(ElementType.INT64, -9, 10, Longs.toArray(shape));
        Tensor b = random.integers(ElementType.INT64, 1, 10, random.broadcastable(shape));
        CHECK.check(binary(type, a, b, true), Map.of("a", a, "b", b), 17);
    }

    @Property(tries = 30)
    void comparisons(
            @ForAll("comparison") String type,
            @ForAll("shapes") List<Integer> shape,
            @ForAll boolean symbolic,
            @ForAll long seed) {
        var random = new RandomTensors(seed);
        Tensor a = random.integers(ElementType.INT64, 0, 3, Longs.toArray(shape));
        Tensor b = random.integers(ElementType.INT64, 0, 3, random.broadcastable(shape));
        CHECK.check(binary(type, a, b, symbolic), Map.of("a", a, "b", b), 17);
    }

    private static TestModel binary(String type, Tensor a, Tensor b, boolean symbolic) {
        return new TestModel(17)
                .input("a", a.element(), declared(symbolic, "a", a.sizes()))
                .input("b", b.element(), declared(symbolic, "b", b.sizes()))
                .node(type, "a,b", "y")
                .output("y");
    }

    @Property(tries = 10)
    void logic(@ForAll("shapes") List<Integer> shape, @ForAll long seed) {
        var random = new RandomTensors(seed);
        Tensor a = random.integers(ElementType.BOOL, 0, 2, Longs.toArray(shape));
        Tensor b = random.integers(ElementType.BOOL, 0, 2, random.broadcastable(shape));
        var model =
                new TestModel(17)
                        .input("a", ElementType.BOOL, declared(true, "a", a.sizes()))
                        .input("b", ElementType.BOOL, declared(true, "b", b.sizes()))
                        .node("And", "a,b", "both")
                        .node("Not", "both", "notBoth")
                        .node("Or", "notBoth,b", "y")
                        .output("both", "y");
        CHECK.check(model, Map.of("a", a, "b", b), 17);
    }

    @Property(tries = 20)
    void selection(@ForAll("shapes") List<Integer> shape, @ForAll long seed) {
        var random = new RandomTensors(seed);
        Tensor c = random.integers(ElementType.BOOL, 0, 2, random.broadcastable(shape));
        Tensor a = random.floats(Longs.toArray(shape));
        Tensor b = random.floats(random.broadcastable(shape));
        var model =
                new TestModel(17)
                        .input("c", ElementType.BOOL, declared(true, "c", c.sizes()))
                        .input("a", ElementType.FLOAT32, declared(true, "a", a.sizes()))
                        .input("b", ElementType.FLOAT32, declared(true, "b", b.sizes()))
                        .node("Where", "c,a,b", "y")
                        .output("y");
        CHECK.check(model, Map.of("a", a, "b", b, "c", c), 17);
    }

    @Property(tries = 20)
    void variadic(@ForAll("shapes") List<Integer> shape, @ForAll long seed) {
        var random = new RandomTensors(seed);
        Tensor a = random.floats(Longs.toArray(shape));
        Tensor b = random.floats(random.broadcastable(shape));
        var model =
                new TestModel(17)
                        .input("a", ElementType.FLOAT32, declared(true, "a", a.sizes()))
                        .input("b", ElementType.FLOAT32, declared(true, "b", b.sizes()))
                        .node("Sum", "a,b,a", "sum")
                        .node("Mean", "sum,b,a", "mean")
                        .node("Max", "a,b,mean", "max")
                        .node("Min", "max", "min")
                        .output("sum", "mean", "max", "min");
        CHECK.check(model, Map.of("a", a, "b", b), 17);
    }

    @Property(tries = 20)
    void powers(@ForAll("shapes") List<Integer> shape, @ForAll long seed) {
        var random = new RandomTensors(seed);
        Tensor x = random.floatsBetween(0.5, 2, Longs.toArray(shape));
        Tensor n = random.integers(ElementType.INT64, -3, 4, random.broadcastable(shape));
        var model =
                new TestModel(15)
                        .input("x", ElementType.FLOAT32, declared(true, "x", x.sizes()))
                        .input("n", ElementType.INT64, declared(true, "n", n.sizes()))
                        .node("Pow", "x,n", "y")
                        .output("y");
        CHECK.check(model, Map.of("x", x, "n", n), 17);
    }

    @Property(tries = 20)
    void casts(@ForAll("shapes") List<Integer> shape, @ForAll long seed) {
        var random = new RandomTensors(seed);
        Tensor x = random.floatsBetween(-100, 100, Longs.toArray(shape));
        var model =
                new TestModel(15)
                        .input("x", ElementType.FLOAT32, declared(true, "x", x.sizes()))
                        .node("Cast", "x", "int", integer("to", OnnxTypes.number(ElementType.INT32)))
                        .node("Cast", "int", "bool", integer("to", OnnxTypes.number(ElementType.BOOL)))
                        .node("Cast", "int", "double", integer("to", OnnxTypes.number(ElementType.FLOAT64)))
                        .node("CastLike", "double,x", "float")
                        .output("int", "bool", "double", "float");
        CHECK.check(model, Map.of("x", x), 17);
    }

    @Property(tries = 20)
    void clips(@ForAll("shapes") List<Integer> shape, @ForAll boolean low, @ForAll boolean high, @ForAll long seed) {
        var random = new RandomTensors(seed);
        Tensor x = random.floats(Longs.toArray(shape));
        Tensor bound = random.floats();
        var model =
                new TestModel(13)
                        .input("x", ElementType.FLOAT32, declared(true, "x", x.sizes()))
                        .input("bound", ElementType.FLOAT32)
                        .node("Clip", "x," + (low ? "bound" : "") + "," + (high ? "bound" : ""), "y")
                        .node("Sum", "y,bound", "z")
                        .output("z");
        CHECK.check(model, Map.of("x", x, "bound", bound), 17);
    }

    @Property(tries = 10)
    void clipsWithAttributes(@ForAll("shapes") List<Integer> shape, @ForAll long seed) {
        Tensor x = new RandomTensors(seed).floats(Longs.toArray(shape));
        var model =
                new TestModel(10)
                        .input("x", ElementType.FLOAT32, declared(true, "x", x.sizes()))
                        .node("Clip", "x", "y", real("min", -0.25f), real("max", 0.5f))
                        .node("Clip", "y", "z", real("min", 0f))
                        .output("y", "z");
        CHECK.check(model, Map.of("x", x), 17);
    }

    @Property(tries = 10)
    void activationsWithAttributes(@ForAll("shapes") List<Integer> shape, @ForAll long seed) {
        Tensor x = new RandomTensors(seed).floats(Longs.toArray(shape));
        var model =
                new TestModel(17)
                        .input("x", ElementType.FLOAT32, declared(true, "x", x.sizes()))
                        .node("HardSigmoid", "x", "a", real("alpha", 0.3f), real("beta", 0.4f))
                        .node("LeakyRelu", "x", "b", real("alpha", 0.3f))
                        .node("Dropout", "b", "c")
                        .output("a", "c");
        CHECK.check(model, Map.of("x", x), 17);
    }

    @Property(tries = 15)
    void gelu(@ForAll("shapes") List<Integer> shape, @ForAll boolean tanh, @ForAll long seed) {
        Tensor x = new RandomTensors(seed).floats(Longs.toArray(shape));
        var model =
                new TestModel(20)
                        .input("x", ElementType.FLOAT32, declared(true, "x", x.sizes()))
                        .node("Gelu", "x", "y", TestModel.text("approximate", tanh ? "tanh" : "none"))
                        .output("y");
        CHECK.check(model, Map.of("x", x), 17, 20);
    }

    @Property(tries = 10)
    void geluWithBiasOfOrt(@ForAll long seed) {
        var random = new RandomTensors(seed);
        Tensor x = random.floats(2, 3, 8);
        Tensor bias = random.floats(8);
        var model =
                new TestModel(17)
                        .domain("com.microsoft")
                        .input("x", ElementType.FLOAT32, "batch", "seq", 8)
                        .constant("bias", bias.toData())
                        .node("com.microsoft:BiasGelu", "x,bias", "a")
                        .node("com.microsoft:FastGelu", "x,bias", "b")
                        .node("com.microsoft:FastGelu", "x", "c")
                        .node("com.microsoft:Gelu", "x", "d")
                        .output("a", "b", "c", "d");
        CHECK.check(model, Map.of("x", x), 17, 20);
    }
}
