package dev.skive.frontend.onnx.operator;

import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Add;
import dev.skive.ir.op.BitShift;
import dev.skive.ir.op.BitwiseXor;
import dev.skive.ir.op.Cast;
import dev.skive.ir.op.Cos;
import dev.skive.ir.op.Mul;
import dev.skive.ir.op.Range;
import dev.skive.ir.op.Reshape;
import dev.skive.ir.op.Sqrt;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import java.nio.charset.StandardCharsets;

/// Random numbers as formulas of positions: number `i` is the SplitMix64 mix of `start + i * STEP`, its upper 53 bits
/// taken as a fraction. `start` follows from the node's seed, or without a seed from the name of its result, so that
/// every run gives the same numbers, in every engine, and two nodes without a seed give different ones.
///
/// The generator is that of Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", figure 14.
///
/// @param node the ONNX node
record RandomNumbers(NodeContext node) {
    private static final long STEP = 0x9E3779B97F4A7C15L;
    private static final long FIRST_FACTOR = 0xBF58476D1CE4E5B9L;
    private static final long SECOND_FACTOR = 0x94D049BB133111EBL;
    private static final int SPARE_BITS = 11;
    private static final double FRACTION = 0x1p-53;

    /// Uniform numbers in `[0, 1)`, float64.
    ///
    /// @param stream tells several tensors of one node apart
    Term uniform(Shape shape, int stream) {
        Value zero = node.constant(TensorData.scalar(ElementType.INT64, 0));
        Value one = node.constant(TensorData.scalar(ElementType.INT64, 1));
        Value positions = node.add(new Range(shape.elementCount()), zero, one);
        Value bits = node.add(new Cast(ElementType.UINT64), positions);
        bits = node.add(new Add(), node.add(new Mul(), bits, number(STEP)), number(mix(start() + stream)));
        bits = node.add(new Mul(), folded(bits, 30), number(FIRST_FACTOR));
        bits = node.add(new Mul(), folded(bits, 27), number(SECOND_FACTOR));
        bits = node.add(new BitShift(false), folded(bits, 31), number(SPARE_BITS));
        Value fractions = node.add(new Cast(ElementType.FLOAT64), bits);
        return new Term(node, node.add(new Reshape(shape.dims()), fractions)).times(FRACTION);
    }

    /// Numbers of the standard normal distribution, float64, by the method of Box and Muller.
    Term normal(Shape shape) {
        Term radius = uniform(shape, 0).times(-1).plus(1).log().times(-2).with(new Sqrt());
        return radius.times(uniform(shape, 1).times(2 * Math.PI).with(new Cos()));
    }

    /// `x ^ (x >>> distance)`.
    private Value folded(Value x, int distance) {
        return node.add(new BitwiseXor(), x, node.add(new BitShift(false), x, number(distance)));
    }

    private Value number(long bits) {
        return node.constant(TensorData.ofIntegers(ElementType.UINT64, new long[] {bits}));
    }

    /// `Dropout` has an integer seed, the others a real one.
    private long start() {
        if (!node.attributes().has("seed")) {
            return name();
        }
        return node.proto().getOpType().equals("Dropout")
                ? node.attributes().integer("seed", 0)
                : Float.floatToIntBits(node.attributes().real("seed", 0));
    }

    private long name() {
        long hash = 0;
        for (byte letter : node.proto().getOutput(0).getBytes(StandardCharsets.UTF_8)) {
            hash = mix(hash + letter + STEP);
        }
        return hash;
    }

    private static long mix(long bits) {
        long first = (bits ^ bits >>> 30) * FIRST_FACTOR;
        long second = (first ^ first >>> 27) * SECOND_FACTOR;
        return second ^ second >>> 31;
    }
}
