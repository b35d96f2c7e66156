package dev.skive.verify;

import com.google.common.collect.ImmutableList;
import dev.skive.frontend.onnx.OnnxExporter;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.GraphBuilder;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Add;
import dev.skive.ir.op.Cast;
import dev.skive.ir.op.EmbeddingSum;
import dev.skive.ir.op.Gather;
import dev.skive.ir.op.Linear;
import dev.skive.ir.op.Mul;
import dev.skive.ir.op.Op;
import dev.skive.ir.op.Reshape;
import dev.skive.ir.op.Softmax;
import dev.skive.ir.op.Sub;
import dev.skive.ir.op.Tanh;
import dev.skive.ir.op.Transpose;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.TensorType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

/// Small graphs, and files of them.
public final class SmallModels {
    private static final Dim BATCH = Dim.symbol("batch");
    private static final Dim SEQUENCE = Dim.symbol("sequence");
    private static final int WIDTH = 6;
    private static final int VOCABULARY = 9;

    private final GraphBuilder builder;
    private final Random random = new Random(1);

    private SmallModels(String name) {
        this.builder = new GraphBuilder(name);
    }

    /// `tanh(x W + b)` for rows of `x`.
    public static Graph linear() {
        var model = new SmallModels("linear");
        Value x = model.builder.input("x", floats(BATCH, Dim.of(WIDTH)));
        Value product = model.apply(new Linear(), x, model.weight(WIDTH, WIDTH), model.weight(WIDTH));
        model.builder.output("y", model.apply(new Tanh(), product));
        return model.builder.build();
    }

    /// An input transposed: the identity of an element type as far as values go.
    public static Graph transposed(ElementType element, Dim... sizes) {
        var model = new SmallModels("transposed");
        Value x = model.builder.input("x", new TensorType(element, Shape.of(sizes)));
        var perm = ImmutableList.<Integer>builder();
        for (int axis = sizes.length - 1; axis >= 0; axis--) {
            perm.add(axis);
        }
        model.builder.output("y", model.apply(new Transpose(perm.build()), x));
        return model.builder.build();
    }

    /// Word and segment embeddings, and attention weights of one head over them, in the manner of an encoder.
    public static Graph encoder() {
        var model = new SmallModels("encoder");
        TensorType ids = new TensorType(ElementType.INT64, Shape.of(BATCH, SEQUENCE));
        Value words = model.builder.input("input_ids", ids);
        Value mask = model.builder.input("attention_mask", ids);
        Value segments = model.builder.input("token_type_ids", ids);
        Value embedded =
                model.apply(
                        new Add(),
                        model.apply(new Gather(0), model.weight(VOCABULARY, WIDTH), words),
                        model.apply(new EmbeddingSum(), model.weight(2, WIDTH), segments));
        Value keys = model.apply(new Transpose(ImmutableList.of(0, 2, 1)), embedded);
        Value scores = model.apply(new dev.skive.ir.op.MatMul(), embedded, keys);
        Value weights = model.apply(new Softmax(2), model.apply(new Add(), scores, model.penalty(mask)));
        model.builder.output("last_hidden_state", model.apply(new dev.skive.ir.op.MatMul(), weights, embedded));
        return model.builder.build();
    }

    /// `(1 - mask) * -10000` with an axis for the queries.
    private Value penalty(Value mask) {
        Value row = apply(new Reshape(ImmutableList.of(BATCH, Dim.ONE, SEQUENCE)), mask);
        Value real = apply(new Cast(ElementType.FLOAT32), row);
        Value open = apply(new Sub(), scalar(1), real);
        return apply(new Mul(), open, scalar(-10_000));
    }

    private Value scalar(double value) {
        return builder.constant(Origin.of("constant"), TensorData.scalar(ElementType.FLOAT32, value));
    }

    private Value weight(long... sizes) {
        int count = Math.toIntExact(Arrays.stream(sizes).reduce(1, Math::multiplyExact));
        double[] values = random.doubles(count, -1, 1).toArray();
        return builder.constant(Origin.of("weight"), TensorData.ofReals(ElementType.FLOAT32, values, sizes));
    }

    private Value apply(Op op, Value... operands) {
        return builder.add(Origin.of(op.mnemonic()), op, operands);
    }

    private static TensorType floats(Dim... sizes) {
        return new TensorType(ElementType.FLOAT32, Shape.of(sizes));
    }

    /// A graph as an ONNX file.
    public static Path file(Graph graph, Path folder) {
        try {
            Path file = Files.createTempFile(folder, graph.name(), ".onnx");
            new OnnxExporter().write(graph, file);
            return file;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
