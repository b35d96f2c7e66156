package dev.skive.frontend.onnx.operator;

import static dev.skive.frontend.onnx.RandomTensors.declared;
import static dev.skive.frontend.onnx.TestModel.integer;
import static dev.skive.frontend.onnx.TestModel.integers;
import static dev.skive.frontend.onnx.TestModel.real;
import static dev.skive.frontend.onnx.TestModel.reals;
import static dev.skive.frontend.onnx.TestModel.text;

import com.google.common.primitives.Longs;
import dev.skive.frontend.onnx.RandomTensors;
import dev.skive.frontend.onnx.RoundTrip;
import dev.skive.frontend.onnx.TestModel;
import dev.skive.frontend.onnx.proto.AttributeProto;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.ElementType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/// Normalizations of images, and convolutions as ORT fuses them.
class ChannelNormalizationsTest {
    private static final RoundTrip CHECK = new RoundTrip(256);

    @Provide
    Arbitrary<List<Integer>> images() {
        return Arbitraries.integers().between(2, 6).list().ofMinSize(3).ofMaxSize(5);
    }

    private static TestModel model(int opset, Tensor x) {
        var model = new TestModel(opset).input("x", x.element(), declared(true, "x", x.sizes()));
        model.proto().setIrVersion(9);
        return model;
    }

    private static TensorData positive(RandomTensors random, long count) {
        Tensor drawn = random.floats(count);
        return TensorData.ofReals(
                ElementType.FLOAT32,
                Arrays.stream(drawn.reals()).map(x -> (float) (Math.abs(x) + 0.5)).toArray(),
                count);
    }

    private static TestModel statistics(TestModel model, RandomTensors random, long channels) {
        return model.constant("s", random.floats(channels).toData())
                .constant("b", random.floats(channels).toData())
                .constant("m", random.floats(channels).toData())
                .constant("v", positive(random, channels));
    }

    @Property(tries = 40)
    void batches(@ForAll("images") List<Integer> shape, @ForAll long seed) {
        var random = new RandomTensors(seed);
        Tensor x = random.floats(Longs.toArray(shape));
        int opset = List.of(7, 9, 14, 15).get(random.random().nextInt(4));
        TestModel model = statistics(model(opset, x), random, shape.get(1));
        model.node("BatchNormalization", "x,s,b,m,v", "y", real("epsilon", 0.01f)).output("y");
        CHECK.check(model, Map.of("x", x), 13, 15);
    }

    @Property(tries = 20)
    void trainingBatches(@ForAll("images") List<Integer> shape, @ForAll boolean newer, @ForAll long seed) {
        var random = new RandomTensors(seed);
        Tensor x = random.floats(Longs.toArray(shape));
        TestModel model = statistics(model(newer ? 15 : 14, x), random, shape.get(1));
        AttributeProto[] attributes = {real("momentum", 0.7f), integer("training_mode", 1)};
        model.nodes("BatchNormalization", "x,s,b,m,v", List.of("y", "mean", "var"), attributes);
        CHECK.check(model.output("y", "mean", "var"), Map.of("x", x), 15);
    }

    @Property(tries = 20)
    void instancesAndGroups(@ForAll("images") List<Integer> shape, @ForAll long seed) {
        var random = new RandomTensors(seed);
        long[] sizes = Longs.toArray(shape);
        sizes[1] = 6;
        Tensor x = random.floats(sizes);
        TestModel model = statistics(model(21, x), random, 6);
        model.node("InstanceNormalization", "x,s,b", "i", real("epsilon", 0.01f));
        model.node("GroupNormalization", "x,s,b", "g", integer("num_groups", 3));
        CHECK.check(model.output("i", "g"), Map.of("x", x), 21);
        TestModel old = statistics(model(18, x), random, 2);
        old.node("GroupNormalization", "x,s,b", "g", integer("num_groups", 2)).output("g");
        CHECK.check(old, Map.of("x", x), 18);
    }

    @Property(tries = 20)
    void neighbours(@ForAll @IntRange(min = 0, max = 3) int half, @ForAll long seed) {
        var random = new RandomTensors(seed);
        Tensor x = random.floats(2, 7, 3, 4);
        TestModel model = model(13, x);
        model.node(
                "LRN",
                "x",
                "y",
                integer("size", 2L * half + 1),
                real("alpha", 0.3f),
                real("beta", 0.6f),
                real("bias", 1.5f));
        CHECK.check(model.output("y"), Map.of("x", x), 13);
    }

    @Property(tries = 20)
    void fusedConvolutions(@ForAll boolean summed, @ForAll long seed) {
        var random = new RandomTensors(seed);
        Tensor x = random.floats(1, 4, 6, 5);
        Tensor z = random.floats(1, 8, 6, 5);
        String name =
                List.of("Relu", "Sigmoid", "Tanh", "LeakyRelu", "Clip", "HardSigmoid").get(random.random().nextInt(6));
        float[] parameters = name.equals("LeakyRelu") ? new float[] {0.2f} : new float[] {-0.3f, 0.9f};
        TestModel model = model(13, x).domain("com.microsoft");
        model.input("z", ElementType.FLOAT32, 1, 8, 6, 5);
        model.constant("w", random.floats(8, 4, 3, 3).toData()).constant("b", random.floats(8).toData());
        AttributeProto[] attributes = {
            integers("pads", 1, 1, 1, 1), text("activation", name), reals("activation_params", parameters)
        };
        model.node("com.microsoft:FusedConv", summed ? "x,w,b,z" : "x,w,b", "y", attributes).output("y");
        CHECK.check(model, Map.of("x", x, "z", z), 13);
    }

    @Property(tries = 10)
    void channelsLast(@ForAll long seed) {
        var random = new RandomTensors(seed);
        Tensor x = random.integers(ElementType.UINT8, 0, 255, 2, 7, 6, 5);
        TestModel model = model(13, x).domain("com.microsoft");
        AttributeProto[] attributes = {integers("kernel_shape", 3, 2), integers("pads", 1, 0, 1, 1)};
        model.node("com.microsoft:NhwcMaxPool", "x", "y", attributes).output("y");
        CHECK.check(model, Map.of("x", x), 13);
    }
}
