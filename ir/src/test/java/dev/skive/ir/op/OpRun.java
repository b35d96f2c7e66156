package dev.skive.ir.op;

import com.google.common.collect.ImmutableMap;
import dev.skive.ir.eval.Interpreter;
import dev.skive.ir.eval.Precision;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.GraphBuilder;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.graph.Value;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.TensorType;
import dev.skive.ir.type.Type;
import java.util.Arrays;
import java.util.Random;

/// Applies one operator to concrete tensors, and builds such tensors.
final class OpRun {
    private OpRun() {}

    /// The graph of one application to inputs of these types, named `0`, `1`, ...; an absent type leaves the operand out.
    static Graph graph(Op op, Type... types) {
        var builder = new GraphBuilder("one");
        var operands = new Value[types.length];
        for (int i = 0; i < types.length; i++) {
            operands[i] = types[i] instanceof TensorType type ? builder.input("" + i, type) : Value.ABSENT;
        }
        builder.output("result", builder.add(Origin.of("node"), op, operands));
        return builder.build();
    }

    /// The result for operands whose sizes the graph knows.
    static Tensor run(Op op, Tensor... operands) {
        return run(graph(op, Arrays.stream(operands).map(Tensor::type).toArray(Type[]::new)), operands);
    }

    /// The result of a graph whose inputs are named as [#graph] does.
    static Tensor run(Graph graph, Tensor... operands) {
        return run(Precision.DOUBLE, graph, operands);
    }

    /// The result of a graph with results rounded as `precision` says.
    static Tensor run(Precision precision, Graph graph, Tensor... operands) {
        var inputs = ImmutableMap.<String, Tensor>builder();
        for (int i = 0; i < operands.length; i++) {
            inputs.put("" + i, operands[i]);
        }
        var outputs = new Interpreter(precision).run(graph, inputs.buildOrThrow());
        return outputs.values().iterator().next();
    }

    /// A float32 type; negative sizes become symbols, the same one for the same number.
    static TensorType floats(long... sizes) {
        return type(ElementType.FLOAT32, sizes);
    }

    /// An int64 type; negative sizes become symbols, the same one for the same number.
    static TensorType longs(long... sizes) {
        return type(ElementType.INT64, sizes);
    }

    static TensorType type(ElementType element, long... sizes) {
        return new TensorType(
                element,
                Shape.of(
                        Arrays.stream(sizes)
                                .mapToObj(size -> size < 0 ? Dim.symbol("s" + -size) : Dim.of(size))
                                .toList()));
    }

    static Tensor reals(double[] elements, long... sizes) {
        return Tensor.ofReals(ElementType.FLOAT32, elements, sizes);
    }

    static Tensor integers(long[] elements, long... sizes) {
        return Tensor.ofIntegers(ElementType.INT64, elements, sizes);
    }

    /// Uniform in (-2, 2).
    static Tensor random(long seed, long... sizes) {
        int count = Math.toIntExact(Arrays.stream(sizes).reduce(1, Math::multiplyExact));
        return reals(new Random(seed).doubles(count, -2, 2).toArray(), sizes);
    }

    /// Uniform in `[0, bound)`.
    static Tensor randomIds(long seed, long bound, long... sizes) {
        int count = Math.toIntExact(Arrays.stream(sizes).reduce(1, Math::multiplyExact));
        return integers(new Random(seed).longs(count, 0, bound).toArray(), sizes);
    }

    /// An element of a real tensor by its position along each axis.
    static double at(Tensor tensor, long... index) {
        return tensor.reals()[offset(tensor, index)];
    }

    /// The place of an element, row-major.
    static int offset(Tensor tensor, long... index) {
        long offset = 0;
        for (int axis = 0; axis < index.length; axis++) {
            offset = offset * tensor.size(axis) + index[axis];
        }
        return Math.toIntExact(offset);
    }

    /// The position along each axis of an element, the inverse of [#offset].
    static long[] index(Tensor tensor, int offset) {
        var index = new long[tensor.rank()];
        long rest = offset;
        for (int axis = index.length - 1; axis >= 0; axis--) {
            index[axis] = rest % tensor.size(axis);
            rest /= tensor.size(axis);
        }
        return index;
    }
}
