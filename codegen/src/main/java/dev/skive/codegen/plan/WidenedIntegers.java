package dev.skive.codegen.plan;

import dev.skive.ir.data.TensorData;
import dev.skive.ir.eval.Interpreter;
import dev.skive.ir.eval.Precision;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.graph.Rewriter;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Add;
import dev.skive.ir.op.Cast;
import dev.skive.ir.op.Dequantize;
import dev.skive.ir.op.MatMul;
import dev.skive.ir.op.MatMulInteger;
import dev.skive.ir.op.Op;
import dev.skive.ir.op.Slice;
import dev.skive.ir.op.Sub;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/// Products of 8-bit integers with a constant matrix as products of float32, which have a fast kernel and are exact here:
/// every sum of products, in whatever order, is an integer that float32 holds. How long sums may be for that, the weights
/// themselves say: the magnitudes of a column times the greatest operand must not exceed `2^24`. Longer sums are cut into
/// parts that are added up as int32. Constants that are dequantized become float32 constants.
public final class WidenedIntegers {
    /// Greatest difference of an 8-bit integer and its zero point.
    private static final int GREATEST = 255;

    /// Up to here float32 holds every integer.
    private static final long EXACT = 1 << 24;

    private final Rewriter rewriter;
    private final Node node;
    private final Origin origin;

    private WidenedIntegers(Rewriter rewriter, Node node) {
        this.rewriter = rewriter;
        this.node = node;
        this.origin = rewriter.source().origin(node);
    }

    /// The graph with such products in float32; equal results, bit for bit.
    public static Graph in(Graph graph) {
        return Rewriter.rewrite(graph, (node, rewriter) -> new WidenedIntegers(rewriter, node).rewrite());
    }

    private void rewrite() {
        switch (node.op()) {
            case Dequantize op when node.operands().stream().allMatch(x -> x.constant().isPresent()) ->
                    replace(
                            constant(
                                    new Interpreter(Precision.DECLARED)
                                            .fold(node)
                                            .getFirst()
                                            .toData()
                                            .reshape(node.result().shape().known())));
            case MatMulInteger op when hasMatrix() -> replace(product());
            case Cast(ElementType to) when to == ElementType.FLOAT32 -> castBack();
            default -> {}
        }
    }

    private void replace(Value value) {
        rewriter.replace(node.result(), value);
    }

    private Value constant(TensorData data) {
        return rewriter.target().constant(origin, data);
    }

    private Value add(Op op, Value... operands) {
        return rewriter.target().add(origin, op, operands);
    }

    private boolean hasMatrix() {
        return node.operand(1).constant().isPresent()
                && node.operand(3).constant().isPresent()
                && node.operand(1).shape().rank() == 2;
    }

    /// An integer result that is used as float32 needs not be an integer in between.
    private void castBack() {
        Value operand = rewriter.map(node.operand(0));
        if (operand.node().op() instanceof Cast(ElementType to)
                && to == ElementType.INT32
                && operand.node().operand(0).node().op() instanceof MatMul) {
            replace(operand.node().operand(0));
        }
    }

    private Value product() {
        float[] weights = differences();
        int depth = (int) node.operand(1).shape().dim(0).known();
        int width = (int) node.operand(1).shape().dim(1).known();
        Value rows =
                add(
                        new Sub(),
                        add(new Cast(ElementType.FLOAT32), rewriter.map(node.operand(0))),
                        add(new Cast(ElementType.FLOAT32), rewriter.map(node.operand(2))));
        List<Integer> cuts = cuts(weights, depth, width);
        Value sum = null;
        for (int part = 0; part + 1 < cuts.size(); part++) {
            int from = cuts.get(part);
            int to = cuts.get(part + 1);
            var data = new float[(to - from) * width];
            System.arraycopy(weights, from * width, data, 0, data.length);
            Value some = cuts.size() == 2 ? rows : columns(rows, from, to);
            Value product = add(new MatMul(), some, constant(TensorData.ofFloats(data, to - from, width)));
            Value integer = add(new Cast(ElementType.INT32), product);
            sum = sum == null ? integer : add(new Add(), sum, integer);
        }
        return Objects.requireNonNull(sum);
    }

    private Value columns(Value rows, int from, int to) {
        Shape shape = rows.shape();
        return add(Slice.along(shape, shape.rank() - 1, Dim.of(from), Dim.of(to - from)), rows);
    }

    /// The weights less their zero points.
    private float[] differences() {
        int depth = (int) node.operand(1).shape().dim(0).known();
        int width = (int) node.operand(1).shape().dim(1).known();
        TensorData zero = node.operand(3).constant().orElseThrow();
        long[] zeros = zero.longs();
        // A zero point per column lies in one row, also when it is given as a vector.
        int columns = zero.sizes().length == 0 ? 1 : (int) zero.sizes()[zero.sizes().length - 1];
        boolean perRow = zeros.length > columns;
        float[] differences = integers(node.operand(1).constant().orElseThrow());
        for (int i = 0; i < depth; i++) {
            for (int j = 0; j < width; j++) {
                differences[i * width + j] -= zeros[(perRow ? i * columns : 0) + (columns == 1 ? 0 : j)];
            }
        }
        return differences;
    }

    /// 8-bit integers as float32.
    private static float[] integers(TensorData data) {
        byte[] bytes = data.bytes().toArray(ValueLayout.JAVA_BYTE);
        boolean signed = data.element() == ElementType.INT8;
        var integers = new float[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            integers[i] = signed ? bytes[i] : Byte.toUnsignedInt(bytes[i]);
        }
        return integers;
    }

    /// Where the sums are cut, from 0 to their length.
    private static List<Integer> cuts(float[] weights, int depth, int width) {
        var cuts = new ArrayList<>(List.of(0));
        var magnitudes = new long[width];
        for (int k = 0; k < depth; k++) {
            if (!fits(weights, k * width, magnitudes)) {
                cuts.add(k);
                Arrays.fill(magnitudes, 0);
            }
            for (int j = 0; j < width; j++) {
                magnitudes[j] += ((long) Math.abs(weights[k * width + j])) * GREATEST;
            }
        }
        cuts.add(depth);
        return cuts;
    }

    private static boolean fits(float[] weights, int row, long[] magnitudes) {
        for (int j = 0; j < magnitudes.length; j++) {
            if (magnitudes[j] + ((long) Math.abs(weights[row + j])) * GREATEST > EXACT) {
                return false;
            }
        }
        return true;
    }
}
