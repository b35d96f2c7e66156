package dev.skive.frontend.onnx.operator;

import static dev.skive.frontend.onnx.RandomTensors.declared;
import static dev.skive.frontend.onnx.TestModel.integer;
import static dev.skive.frontend.onnx.TestModel.real;

import com.google.common.primitives.Longs;
import dev.skive.frontend.onnx.RandomTensors;
import dev.skive.frontend.onnx.RoundTrip;
import dev.skive.frontend.onnx.TestModel;
import dev.skive.frontend.onnx.proto.AttributeProto;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.ElementType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class StructuredOperatorsTest {
    private static final RoundTrip CHECK = new RoundTrip(64);

    @Provide
    Arbitrary<List<Integer>> shapes() {
        return Arbitraries.integers().between(1, 4).list().ofMinSize(1).ofMaxSize(4);
    }

    @Property(tries = 30)
    void softmax(@ForAll("shapes") List<Integer> shape, @ForAll boolean negative, @ForAll long seed) {
        var random = new RandomTensors(seed);
        Tensor x = random.floats(Longs.toArray(shape));
        int axis = random.random().nextInt(shape.size());
        var model =
                new TestModel(13)
                        .input("x", ElementType.FLOAT32, declared(true, "x", x.sizes()))
                        .node("Softmax", "x", "y", integer("axis", negative ? axis - shape.size() : axis))
                        .output("y");
        CHECK.check(model, Map.of("x", x), 17);
    }

    @Property(tries = 30)
    void softmaxOverSeveralAxes(@ForAll("shapes") List<Integer> shape, @ForAll long seed) {
        var random = new RandomTensors(seed);
        Tensor x = random.floats(Longs.toArray(shape));
        var model =
                new TestModel(11)
                        .input("x", ElementType.FLOAT32, declared(true, "x", x.sizes()))
                        .node("Softmax", "x", "y", integer("axis", random.random().nextInt(shape.size())))
                        .output("y");
        CHECK.check(model, Map.of("x", x), 17);
    }

    @Property(tries = 30)
    void matrixProducts(
            @ForAll @IntRange(min = 1, max = 5) int m,
            @ForAll @IntRange(min = 1, max = 5) int k,
            @ForAll @IntRange(min = 1, max = 5) int n,
            @ForAll @IntRange(max = 3) int batching,
            @ForAll long seed) {
        var random = new RandomTensors(seed);
        Tensor a = batching == 0 ? random.floats(k) : batching == 1 ? random.floats(m, k) : random.floats(2, 1, m, k);
        Tensor b = batching == 3 ? random.floats(k) : batching == 2 ? random.floats(3, k, n) : random.floats(k, n);
        var model =
                new TestModel(13)
                        .input("a", ElementType.FLOAT32, declared(true, "a", a.sizes()))
                        .input("b", ElementType.FLOAT32, declared(false, "b", b.sizes()))
                        .node("MatMul", "a,b", "y")
                        .output("y");
        CHECK.check(model, Map.of("a", a, "b", b), 17);
    }

    @Property(tries = 40)
    void gemm(
            @ForAll boolean transposeA,
            @ForAll boolean transposeB,
            @ForAll boolean scaled,
            @ForAll @IntRange(max = 4) int biasKind,
            @ForAll long seed) {
        var random = new RandomTensors(seed);
        Tensor a = transposeA ? random.floats(5, 3) : random.floats(3, 5);
        Tensor b = transposeB ? random.floats(4, 5) : random.floats(5, 4);
        Tensor c =
                switch (biasKind) {
                    case 0 -> random.floats();
                    case 1 -> random.floats(4);
                    case 2 -> random.floats(3, 1);
                    default -> random.floats(3, 4);
                };
        var model =
                new TestModel(biasKind == 4 ? 11 : 9)
                        .input("a", ElementType.FLOAT32, declared(true, "a", a.sizes()))
                        .constant("b", b.toData())
                        .constant("c", c.toData())
                        .node(
                                "Gemm",
                                biasKind == 4 ? "a,b" : "a,b,c",
                                "y",
                                integer("transA", transposeA ? 1 : 0),
                                integer("transB", transposeB ? 1 : 0),
                                real("alpha", scaled ? 0.5f : 1),
                                real("beta", scaled ? 2 : 1))
                        .output("y");
        CHECK.check(model, Map.of("a", a), 17);
    }

    @Property(tries = 20)
    void layerNormalization(@ForAll boolean biased, @ForAll boolean wide, @ForAll long seed) {
        var random = new RandomTensors(seed);
        Tensor x = random.floats(2, 3, 8);
        long[] sizes = wide ? new long[] {3, 8} : new long[] {8};
        var model =
                new TestModel(17)
                        .input("x", ElementType.FLOAT32, "batch", wide ? 3 : "seq", 8)
                        .constant("scale", random.floats(sizes).toData())
                        .constant("bias", random.floats(sizes).toData())
                        .node(
                                "LayerNormalization",
                                biased ? "x,scale,bias" : "x,scale",
                                "y",
                                integer("axis", wide ? 1 : -1),
                                real("epsilon", 1e-3f))
                        .output("y");
        CHECK.check(model, Map.of("x", x), 13, 17);
    }

    @Property(tries = 10)
    void rmsNormalization(@ForAll long seed) {
        var random = new RandomTensors(seed);
        Tensor x = random.floats(2, 3, 8);
        var model =
                new TestModel(23)
                        .input("x", ElementType.FLOAT32, "batch", "seq", 8)
                        .constant("scale", random.floats(8).toData())
                        .node("RMSNormalization", "x,scale", "a", real("epsilon", 1e-3f))
                        .output("a");
        model.proto().setIrVersion(10);
        CHECK.check(model, Map.of("x", x), 13, 17, 23);
    }

    @Property(tries = 10)
    void normalizationsOfOrt(@ForAll boolean biased, @ForAll long seed) {
        var random = new RandomTensors(seed);
        Tensor x = random.floats(2, 3, 8);
        String bias = biased ? ",bias" : "";
        var model =
                new TestModel(17)
                        .domain("com.microsoft")
                        .input("x", ElementType.FLOAT32, "batch", "seq", 8)
                        .constant("scale", random.floats(8).toData())
                        .constant("shift", random.floats(8).toData())
                        .constant("bias", random.floats(8).toData())
                        .node(
                                "SimplifiedLayerNormalization",
                                "x,scale",
                                "a",
                                integer("axis", -1),
                                real("epsilon", 1e-3f))
                        .nodes(
                                "com.microsoft:SkipLayerNormalization",
                                "x,a,scale,shift" + bias,
                                List.of("b", "", "", "sum"),
                                real("epsilon", 1e-3f))
                        .node(
                                "com.microsoft:SkipSimplifiedLayerNormalization",
                                "x,a,scale" + bias,
                                "c",
                                real("epsilon", 1e-3f))
                        .output("a", "b", "sum", "c");
        CHECK.check(model, Map.of("x", x), 13, 17, 23);
    }

    @Property(tries = 20)
    void attention(
            @ForAll boolean apart,
            @ForAll boolean shared,
            @ForAll @IntRange(max = 2) int maskKind,
            @ForAll boolean scaled,
            @ForAll long seed) {
        var random = new RandomTensors(seed);
        int keyHeads = shared ? 1 : 2;
        Tensor q = apart ? random.floats(2, 2, 3, 4) : random.floats(2, 3, 8);
        Tensor k = apart ? random.floats(2, keyHeads, 5, 4) : random.floats(2, 5, 4L * keyHeads);
        Tensor v = apart ? random.floats(2, keyHeads, 5, 4) : random.floats(2, 5, 4L * keyHeads);
        // A row without any key is undefined, so the boolean mask always keeps some.
        Tensor bool =
                Tensor.ofIntegers(ElementType.BOOL, new long[] {1, 0, 1, 1, 0, 1, 1, 1, 1, 1, 0, 0, 0, 0, 1}, 3, 5);
        Tensor mask = maskKind == 1 ? random.floats(2, 1, 3, 5) : bool;
        var attributes =
                new ArrayList<>(
                        apart
                                ? List.<AttributeProto>of()
                                : List.of(integer("q_num_heads", 2), integer("kv_num_heads", keyHeads)));
        if (scaled) {
            attributes.add(real("scale", 0.3f));
        }
        var model =
                new TestModel(23)
                        .input("q", ElementType.FLOAT32, q.size(0), apart ? 2 : "queries", apart ? "queries" : 8, 4)
                        .input("k", ElementType.FLOAT32, declared(false, "k", k.sizes()))
                        .input("v", ElementType.FLOAT32, declared(false, "v", v.sizes()))
                        .input("mask", mask.element(), declared(false, "mask", mask.sizes()))
                        .node(
                                "Attention",
                                maskKind == 0 ? "q,k,v" : "q,k,v,mask",
                                "y",
                                attributes.toArray(AttributeProto[]::new))
                        .output("y");
        if (!apart) {
            model.proto()
                    .getGraphBuilder()
                    .setInput(0, TestModel.value("q", ElementType.FLOAT32, "batch", "queries", 8));
        }
        model.proto().setIrVersion(10);
        CHECK.check(model, Map.of("q", q, "k", k, "v", v, "mask", mask), 17, 23);
    }
}
