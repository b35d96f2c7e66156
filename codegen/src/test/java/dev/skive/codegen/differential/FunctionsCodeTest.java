package dev.skive.codegen.differential;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Acos;
import dev.skive.ir.op.Acosh;
import dev.skive.ir.op.Add;
import dev.skive.ir.op.Asin;
import dev.skive.ir.op.Asinh;
import dev.skive.ir.op.Atan;
import dev.skive.ir.op.Atanh;
import dev.skive.ir.op.BitShift;
import dev.skive.ir.op.BitwiseAnd;
import dev.skive.ir.op.BitwiseOr;
import dev.skive.ir.op.BitwiseXor;
import dev.skive.ir.op.Cast;
import dev.skive.ir.op.Cosh;
import dev.skive.ir.op.Elementwise;
import dev.skive.ir.op.Erf;
import dev.skive.ir.op.Gelu;
import dev.skive.ir.op.Mod;
import dev.skive.ir.op.Round;
import dev.skive.ir.op.Sinh;
import dev.skive.ir.op.Tan;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Angles, areas, rounding, remainders and bits, on every element type and at special values.
final class FunctionsCodeTest {
    private static final Dim N = Dim.symbol("n");
    private static final List<ImmutableMap<String, Long>> SIZES =
            Stream.of(0L, 1L, 70L).map(n -> ImmutableMap.of("n", n)).toList();
    private static final ImmutableList<Elementwise> UNARY =
            ImmutableList.of(
                    new Acos(),
                    new Acosh(),
                    new Asin(),
                    new Asinh(),
                    new Atan(),
                    new Atanh(),
                    new Cosh(),
                    new Erf(),
                    new Gelu(Gelu.Form.ERF),
                    new Round(),
                    new Sinh(),
                    new Tan());

    @ParameterizedTest
    @EnumSource(
            value = ElementType.class,
            names = {"FLOAT32", "FLOAT64", "FLOAT16", "BFLOAT16"})
    void realNumbers(ElementType element) {
        var random = new RandomCase(element.bits());
        Value x = random.input(element, Shape.of(N), -1, 1);
        Value large = random.input(element, Shape.of(N), 1, 1000);
        Value divisor = random.input(element, Shape.of(N), -5, 5);
        UNARY.forEach(op -> random.outputOf(op, x));
        random.outputOf(new Acosh(), large);
        random.outputOf(new Asinh(), large);
        random.outputOf(new Mod(true), large, divisor);
        Compiled.check(random, SIZES);
    }

    @ParameterizedTest
    @EnumSource(
            value = ElementType.class,
            names = {"FLOAT32", "FLOAT64"})
    void specialValues(ElementType element) {
        var random = new RandomCase(element.bits());
        double[] values = {
            0,
            -0.0,
            1,
            -1,
            0.5,
            -0.5,
            1.5,
            2.5,
            -2.5,
            3.5,
            1e30,
            -1e30,
            1e-30,
            0x1p23 + 1,
            Double.NaN,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY
        };
        Value x = random.constant(TensorData.ofReals(element, values, values.length));
        Value zero = random.input(element, Shape.of(1), 0, 0.0001);
        Value y = random.apply(new Mod(true), x, random.apply(new Add(), zero, random.constant(infinity(element))));
        UNARY.stream().filter(op -> !(op instanceof Tan || op instanceof Gelu)).forEach(op -> random.outputOf(op, y));
        random.output(y);
        Compiled.check(random, List.of(ImmutableMap.of()));
    }

    private static TensorData infinity(ElementType element) {
        return TensorData.scalar(element, Double.POSITIVE_INFINITY);
    }

    @ParameterizedTest
    @EnumSource(
            value = ElementType.class,
            names = {"INT64", "INT32", "INT16", "INT8", "UINT64", "UINT32", "UINT16", "UINT8"})
    void integers(ElementType element) {
        var random = new RandomCase(element.bits());
        double most = Math.scalb(1.0, Math.min(62, element.bits()));
        Value x = random.input(element, Shape.of(N), -most, most);
        Value y = random.input(element, Shape.of(N), -most, most);
        Value small = random.input(element, Shape.of(N), -3, 70);
        for (Elementwise op :
                List.of(new Mod(true), new Mod(false), new BitwiseAnd(), new BitwiseOr(), new BitwiseXor())) {
            random.outputOf(op, x, y);
            random.outputOf(op, x, small);
        }
        if (element.kind() == ElementType.Kind.UNSIGNED) {
            random.outputOf(new BitShift(true), x, small);
            random.outputOf(new BitShift(false), x, small);
        }
        Compiled.check(random, SIZES);
    }

    @Test
    void castsToNarrowFloats() {
        var random = new RandomCase(7);
        for (ElementType from :
                List.of(ElementType.FLOAT32, ElementType.FLOAT64, ElementType.INT32, ElementType.UINT64)) {
            Value x = random.input(from, Shape.of(N), 0, 70000);
            random.outputOf(new Cast(ElementType.BFLOAT16), x);
            random.outputOf(new Cast(ElementType.FLOAT16), x);
            random.outputOf(new Cast(ElementType.FLOAT32), random.apply(new Cast(ElementType.BFLOAT16), x));
        }
        Compiled.check(random, SIZES);
    }
}
