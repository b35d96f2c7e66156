package dev.skive.codegen;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.GraphBuilder;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Add;
import dev.skive.ir.op.Attention;
import dev.skive.ir.op.EmbeddingSum;
import dev.skive.ir.op.Gelu;
import dev.skive.ir.op.LayerNorm;
import dev.skive.ir.op.Linear;
import dev.skive.ir.op.Op;
import dev.skive.ir.op.Reshape;
import dev.skive.ir.op.Slice;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.TensorType;
import java.util.Random;

/// A small encoder as the passes leave it: embeddings, then layers of attention and a network of two products.
public final class TinyEncoder {
    /// Rows of the table of words.
    public static final int VOCABULARY = 11;

    private static final Dim BATCH = Dim.symbol("batch");
    private static final Dim SEQUENCE = Dim.symbol("sequence");
    private static final int WIDTH = 32;
    private static final double EPSILON = 1e-5;

    private final GraphBuilder builder;
    private final Random random = new Random(7);

    private TinyEncoder(String name) {
        this.builder = new GraphBuilder(name);
    }

    /// The graph; the same layers give the same graph.
    public static Graph graph(String name, int layers) {
        return new TinyEncoder(name).build(layers);
    }

    private Graph build(int layers) {
        Value ids = builder.input("input_ids", new TensorType(ElementType.INT64, Shape.of(BATCH, SEQUENCE)));
        Value mask = builder.input("mask", new TensorType(ElementType.FLOAT32, Shape.of(BATCH, SEQUENCE)));
        Value words = apply("/embeddings/words", new EmbeddingSum(), constant(VOCABULARY, WIDTH), ids);
        Value x = norm("/embeddings/norm", words);
        Value perKey = apply("/mask", new Reshape(ImmutableList.of(BATCH, Dim.ONE, Dim.ONE, SEQUENCE)), mask);
        for (int i = 0; i < layers; i++) {
            x = layer("/layer." + i, x, perKey);
        }
        builder.output("last_hidden_state", x);
        return builder.build();
    }

    private Value layer(String name, Value x, Value mask) {
        Value all = linear(name + "/attention/qkv", x, 3 * WIDTH);
        Value attention =
                apply(name + "/attention", new Attention(1, 1, 0.18), part(all, 0), part(all, 1), part(all, 2), mask);
        Value first = apply(name + "/attention/add", new Add(), linear(name + "/attention/out", attention, WIDTH), x);
        Value middle = norm(name + "/attention/norm", first);
        Value wide = apply(name + "/gelu", new Gelu(Gelu.Form.ERF), linear(name + "/up", middle, 2 * WIDTH));
        return norm(name + "/norm", apply(name + "/add", new Add(), linear(name + "/down", wide, WIDTH), middle));
    }

    private Value part(Value all, int index) {
        return apply("/split", Slice.along(all.shape(), 2, Dim.of((long) index * WIDTH), Dim.of(WIDTH)), all);
    }

    private Value linear(String name, Value x, long width) {
        return apply(name, new Linear(), x, constant(x.shape().last().known(), width), constant(width));
    }

    private Value norm(String name, Value x) {
        return apply(name, new LayerNorm(2, EPSILON), x, constant(WIDTH), constant(WIDTH));
    }

    private Value constant(long... sizes) {
        int count = 1;
        for (long size : sizes) {
            count *= (int) size;
        }
        double[] elements = random.doubles(count, -0.5, 0.5).toArray();
        return builder.constant(Origin.of("constant"), TensorData.ofReals(ElementType.FLOAT32, elements, sizes));
    }

    private Value apply(String name, Op op, Value... operands) {
        return builder.add(Origin.of(name), op, operands);
    }
}
