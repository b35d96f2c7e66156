package dev.skive.codegen.differential;

import com.google.common.collect.ImmutableMap;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Add;
import dev.skive.ir.op.BitShift;
import dev.skive.ir.op.BitwiseXor;
import dev.skive.ir.op.Cast;
import dev.skive.ir.op.Mul;
import dev.skive.ir.op.Range;
import dev.skive.ir.op.Reshape;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The formula that random operators are imported as: 64-bit integers that wrap, and their upper bits as a fraction.
final class RandomNumbersCodeTest {
    private static Value number(RandomCase random, long bits) {
        return random.constant(TensorData.ofIntegers(ElementType.UINT64, new long[] {bits}));
    }

    private static Value folded(RandomCase random, Value x, int distance) {
        return random.apply(new BitwiseXor(), x, random.apply(new BitShift(false), x, number(random, distance)));
    }

    @Test
    void splitMix() {
        var random = new RandomCase(1);
        Dim n = Dim.symbol("n");
        random.output(random.floats(n));
        Value zero = random.constant(TensorData.scalar(ElementType.INT64, 0));
        Value one = random.constant(TensorData.scalar(ElementType.INT64, 1));
        Value bits = random.apply(new Cast(ElementType.UINT64), random.apply(new Range(n.times(2)), zero, one));
        bits = random.apply(new Mul(), bits, number(random, 0x9E3779B97F4A7C15L));
        bits = random.apply(new Add(), bits, number(random, -5));
        bits = random.apply(new Mul(), folded(random, bits, 30), number(random, 0xBF58476D1CE4E5B9L));
        bits = random.apply(new Mul(), folded(random, bits, 27), number(random, 0x94D049BB133111EBL));
        random.output(bits);
        bits = random.apply(new BitShift(false), folded(random, bits, 31), number(random, 11));
        Value fractions = random.apply(new Cast(ElementType.FLOAT64), bits);
        Value half = random.constant(TensorData.scalar(ElementType.FLOAT64, 0x1p-53));
        random.outputOf(new Mul(), random.apply(new Reshape(Shape.of(Dim.of(2), n).dims()), fractions), half);
        Compiled.check(random, List.of(ImmutableMap.of("n", 0L), ImmutableMap.of("n", 37L)));
    }
}
