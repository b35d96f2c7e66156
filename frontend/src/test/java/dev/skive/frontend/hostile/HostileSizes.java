package dev.skive.frontend.hostile;

import com.google.common.collect.ImmutableList;
import dev.skive.frontend.onnx.TestModel;
import dev.skive.frontend.onnx.proto.AttributeProto;
import dev.skive.frontend.onnx.proto.AttributeProto.AttributeType;
import dev.skive.frontend.onnx.proto.GraphProto;
import dev.skive.frontend.onnx.proto.NodeProto;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.type.ElementType;
import java.util.List;

/// A few bytes of shape arithmetic that ask for any amount of memory or time.
final class HostileSizes {
    private static final String VALUE = "--limit-value-bytes";

    private HostileSizes() {}

    static ImmutableList<HostileModel> models() {
        return ImmutableList.<HostileModel>builder().addAll(known()).addAll(symbolic()).build();
    }

    private static ImmutableList<HostileModel> known() {
        return ImmutableList.of(
                HostileModel.refused(
                        "bomb-constant-of-shape",
                        base().longs("n", 1L << 40).node("ConstantOfShape", "n", "y").output("y"),
                        VALUE),
                HostileModel.refused(
                        "bomb-expand",
                        base().longs("n", 1L << 20, 1L << 20, 1).node("Expand", "x,n", "y").output("y"),
                        VALUE),
                HostileModel.invalid(
                        "bomb-expand-overflow",
                        base().longs("n", 1L << 40, 1L << 40, 1).node("Expand", "x,n", "y").output("y"),
                        "overflow"),
                HostileModel.refused(
                        "bomb-tile", base().longs("n", 1L << 40).node("Tile", "x,n", "y").output("y"), VALUE),
                HostileModel.invalid(
                        "bomb-tile-overflow",
                        base().longs("n", Long.MAX_VALUE).node("Tile", "x,n", "y").output("y"),
                        "overflow"),
                HostileModel.refused("bomb-range", range(1L << 40), VALUE),
                HostileModel.invalid("bomb-range-overflow", range(Long.MAX_VALUE), "overflow"),
                HostileModel.refused(
                        "bomb-pad", base().longs("n", 1L << 40, 1L << 40).node("Pad", "x,n", "y").output("y"), VALUE),
                HostileModel.invalid(
                        "bomb-pad-overflow",
                        base().longs("n", Long.MAX_VALUE, Long.MAX_VALUE).node("Pad", "x,n", "y").output("y"),
                        "overflow"),
                HostileModel.refused("bomb-concat", doubling(60), VALUE),
                HostileModel.refused(
                        "bomb-input",
                        new TestModel(17).input("x", ElementType.FLOAT32, 1L << 40).node("Neg", "x", "y").output("y"),
                        VALUE),
                HostileModel.invalid(
                        "bomb-input-overflow",
                        new TestModel(17)
                                .input("x", ElementType.FLOAT32, 1L << 40, 1L << 40)
                                .node("Neg", "x", "y")
                                .output("y"),
                        "overflow"),
                HostileModel.refused("bomb-input-of-100-axes", axes(100), "--limit-rank"),
                HostileModel.harmless("bomb-folding", folding(300)),
                HostileModel.harmless("bomb-loop-trips", trips(Long.MAX_VALUE)));
    }

    private static ImmutableList<HostileModel> symbolic() {
        return ImmutableList.of(
                HostileModel.refused("size-squared-again-and-again", squaring(14), "an expression of more than"),
                HostileModel.refused("size-broadcast-again-and-again", broadcasting(200), "an expression of more than"),
                HostileModel.refused("size-cut-again-and-again", cutting(200), "an expression of more than"));
    }

    private static TestModel base() {
        return new TestModel(17).input("x", ElementType.FLOAT32, 1);
    }

    private static TestModel range(long limit) {
        TensorData zero = TensorData.ofLongs(new long[] {0});
        return base().constant("a", zero)
                .constant("b", TensorData.ofLongs(new long[] {limit}))
                .constant("c", TensorData.ofLongs(new long[] {1}))
                .node("Range", "a,b,c", "y")
                .output("y");
    }

    private static TestModel axes(int count) {
        var sizes = new Object[count];
        java.util.Arrays.fill(sizes, 1);
        return new TestModel(17).input("x", ElementType.FLOAT32, sizes).node("Neg", "x", "y").output("y");
    }

    private static TestModel doubling(int times) {
        TestModel model = base();
        for (int i = 0; i < times; i++) {
            String from = i == 0 ? "x" : "v" + (i - 1);
            model.node("Concat", from + "," + from, "v" + i, TestModel.integer("axis", 0));
        }
        return model.output("v" + (times - 1));
    }

    /// Constants that each would be folded, being small, and together would not be small.
    private static TestModel folding(int count) {
        TestModel model = base().longs("n", 1 << 13);
        for (int i = 0; i < count; i++) {
            TensorData value = TensorData.ofReals(ElementType.FLOAT64, new double[] {i}, 1);
            model.node("ConstantOfShape", "n", "c" + i, TestModel.tensor("value", TestModel.tensor("v", value)));
            model.node("Add", i == 0 ? "c0,c0" : "s" + (i - 1) + ",c" + i, "s" + i);
        }
        return model.output("s" + (count - 1));
    }

    /// A loop that may run longer than anyone waits, and ends soon all the same. Everything it starts with is known.
    private static TestModel trips(long most) {
        NodeProto.Builder less = NodeProto.newBuilder().setOpType("Less").addInput("trip").addInput("two");
        NodeProto.Builder twice = NodeProto.newBuilder().setOpType("Add").addInput("state").addInput("state");
        GraphProto.Builder body =
                GraphProto.newBuilder()
                        .setName("body")
                        .addInput(TestModel.value("trip", ElementType.INT64))
                        .addInput(TestModel.value("condition", ElementType.BOOL))
                        .addInput(TestModel.value("state", ElementType.FLOAT32, 1))
                        .addNode(less.addOutput("next"))
                        .addNode(twice.addOutput("double"))
                        .addOutput(TestModel.value("next", ElementType.BOOL))
                        .addOutput(TestModel.value("double", ElementType.FLOAT32, 1))
                        .addOutput(TestModel.value("double", ElementType.FLOAT32, 1));
        AttributeProto attribute =
                AttributeProto.newBuilder().setName("body").setType(AttributeType.GRAPH).setG(body).build();
        return base().constant("trips", TensorData.ofLongs(new long[] {most}))
                .constant("two", TensorData.ofLongs(new long[] {2}))
                .constant("true", TensorData.ofIntegers(ElementType.BOOL, new long[] {1}))
                .constant("one", TensorData.ofReals(ElementType.FLOAT32, new double[] {1}, 1))
                .nodes("Loop", "trips,true,one", List.of("last", "all"), attribute)
                .node("Add", "last,x", "y")
                .output("y", "all");
    }

    private static TestModel squaring(int times) {
        TestModel model =
                new TestModel(17).input("x", ElementType.FLOAT32, "n").longs("column", -1, 1).longs("flat", -1);
        for (int i = 0; i < times; i++) {
            String from = i == 0 ? "x" : "v" + (i - 1);
            model.node("Reshape", from + ",column", "c" + i)
                    .node("Mul", "c" + i + "," + from, "m" + i)
                    .node("Reshape", "m" + i + ",flat", "v" + i);
        }
        return model.output("v" + (times - 1));
    }

    /// Each value is as long as the two before it broadcast to.
    private static TestModel broadcasting(int times) {
        TestModel model =
                new TestModel(17)
                        .input("x", ElementType.FLOAT32, "n")
                        .input("z", ElementType.FLOAT32, "m")
                        .node("Neg", "x", "v0")
                        .node("Neg", "z", "v1");
        for (int i = 2; i < times; i++) {
            model.node("Concat", "v" + (i - 1) + ",x", "l" + i, TestModel.integer("axis", 0))
                    .node("Concat", "v" + (i - 2) + ",z", "r" + i, TestModel.integer("axis", 0))
                    .node("Add", "l" + i + ",r" + i, "v" + i);
        }
        return model.output("v" + (times - 1));
    }

    /// Every second element of what is left and one more, which no polynomial can say.
    private static TestModel cutting(int times) {
        TestModel model =
                new TestModel(17)
                        .input("x", ElementType.FLOAT32, "n")
                        .longs("zero", 0)
                        .longs("two", 2)
                        .longs("end", Long.MAX_VALUE);
        for (int i = 0; i < times; i++) {
            String from = i == 0 ? "x" : "v" + (i - 1);
            model.node("Slice", from + ",zero,end,zero,two", "s" + i)
                    .node("Concat", "s" + i + ",x", "v" + i, TestModel.integer("axis", 0));
        }
        return model.output("v" + (times - 1));
    }
}
