package dev.skive.codegen.differential;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.EmbeddingSum;
import dev.skive.ir.op.LayerNorm;
import dev.skive.ir.op.RmsNorm;
import dev.skive.ir.op.Softmax;
import dev.skive.ir.op.Transpose;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Softmax, normalizations and embedding sums on odd widths, other axes and strided operands.
final class StructuredCodeTest {
    private static final Dim N = Dim.symbol("n");
    private static final List<ImmutableMap<String, Long>> SIZES =
            Stream.of(0L, 1L, 6L, 35L).map(n -> ImmutableMap.of("n", n)).toList();

    @ParameterizedTest
    @EnumSource(
            value = ElementType.class,
            names = {"FLOAT32", "FLOAT64", "FLOAT16"})
    void softmaxOnEveryAxis(ElementType element) {
        var random = new RandomCase(element.text().hashCode());
        for (long width : new long[] {1, 5, 33}) {
            Value x = random.input(element, Shape.of(Dim.of(3), N, Dim.of(width)), -4, 4);
            Value moved = random.apply(new Transpose(ImmutableList.of(2, 0, 1)), x);
            for (int axis = 0; axis < 3; axis++) {
                random.outputOf(new Softmax(axis), x);
                random.outputOf(new Softmax(axis), moved);
            }
        }
        Compiled.check(random, SIZES);
    }

    /// Constant and computed factors, of the whole normalized shape or broadcast, over one axis or several.
    @ParameterizedTest
    @EnumSource(
            value = ElementType.class,
            names = {"FLOAT32", "FLOAT64", "FLOAT16", "BFLOAT16"})
    void norms(ElementType element) {
        var random = new RandomCase(element.text().hashCode());
        for (long width : new long[] {1, 5, 16, 33, 70}) {
            Value x = random.input(element, Shape.of(Dim.of(2), N, Dim.of(width)), -2, 2);
            Value scale = random.input(element, Shape.of(width), -1, 1);
            Value one = random.input(element, Shape.of(1), -1, 1);
            random.outputOf(new LayerNorm(2, 1e-2), x, scale);
            random.outputOf(new LayerNorm(2, 1e-2), x, one, scale);
            random.outputOf(new RmsNorm(2, 1e-2), x, scale);
            random.outputOf(new RmsNorm(1, 1e-2), x, scale);
            Value moved = random.apply(new Transpose(ImmutableList.of(1, 2, 0)), x);
            random.outputOf(new RmsNorm(2, 1e-2), moved, random.input(element, Shape.of(2), -1, 1));
            random.outputOf(new LayerNorm(1, 1e-2), moved, random.input(element, Shape.of(width, 1), -1, 1), one);
            random.outputOf(new LayerNorm(0, 1e-2), moved, one);
        }
        Compiled.check(random, SIZES.subList(1, SIZES.size()));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 5, 32, 33, 70})
    void constantNorms(long width) {
        var random = new RandomCase(width);
        Value x = random.floats(Dim.of(2), N, Dim.of(width));
        random.outputOf(new LayerNorm(2, 1e-2), x, random.constant(width), random.constant(width));
        random.outputOf(new LayerNorm(2, 1e-2), x, random.constant(width));
        random.outputOf(new RmsNorm(2, 1e-2), x, random.constant(width));
        Value moved = random.apply(new Transpose(ImmutableList.of(1, 0, 2)), x);
        random.outputOf(new LayerNorm(2, 1e-2), moved, random.constant(width), random.constant(width));
        Compiled.check(random, SIZES);
    }

    /// One to three tables, constant ids, ids broadcast from a row, with and without a norm behind.
    @ParameterizedTest
    @ValueSource(longs = {1, 5, 33, 64})
    void embeddings(long width) {
        var random = new RandomCase(width);
        Value ids = random.input(ElementType.INT64, Shape.of(Dim.of(2), N), -11, 11);
        Value positions = random.input(ElementType.INT32, Shape.of(N), 0, 50);
        Value one = random.apply(new EmbeddingSum(), random.constant(11, width), ids);
        random.output(one);
        Value two =
                random.apply(
                        new EmbeddingSum(), random.constant(11, width), ids, random.constant(50, width), positions);
        random.outputOf(new LayerNorm(2, 1e-2), two, random.constant(width), random.constant(width));
        Value three =
                random.apply(
                        new EmbeddingSum(),
                        random.constant(11, width),
                        ids,
                        random.constant(50, width),
                        positions,
                        random.constant(12, width),
                        random.apply(
                                new Transpose(ImmutableList.of(1, 0)),
                                random.input(ElementType.UINT8, Shape.of(N, Dim.of(2)), 0, 12)));
        random.outputOf(new RmsNorm(2, 1e-2), three, random.constant(width));
        Compiled.check(random, SIZES);
    }

    /// Tables that are computed, or of another type, are looked up all the same.
    @Test
    void computedTables() {
        var random = new RandomCase(3);
        Value ids = random.input(ElementType.INT64, Shape.of(Dim.of(2), N), 0, 4);
        Value doubles = random.input(ElementType.FLOAT64, Shape.of(4, 3), -1, 1);
        random.outputOf(new EmbeddingSum(), random.floats(4, 3), ids);
        random.outputOf(new EmbeddingSum(), doubles, ids);
        Compiled.check(random, SIZES);
    }
}
