package dev.skive.ir.graph;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.op.Add;
import dev.skive.ir.op.Cast;
import dev.skive.ir.op.Concat;
import dev.skive.ir.op.Div;
import dev.skive.ir.op.Equal;
import dev.skive.ir.op.Expand;
import dev.skive.ir.op.Gather;
import dev.skive.ir.op.Mul;
import dev.skive.ir.op.Neg;
import dev.skive.ir.op.Op;
import dev.skive.ir.op.Range;
import dev.skive.ir.op.ReduceProd;
import dev.skive.ir.op.Reshape;
import dev.skive.ir.op.ShapeOf;
import dev.skive.ir.op.Slice;
import dev.skive.ir.op.Sub;
import dev.skive.ir.op.Where;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.TensorType;
import org.junit.jupiter.api.Test;

/// The shape arithmetic of exported models is followed symbolically.
final class ContentsTest {
    private static final Dim BATCH = Dim.symbol("batch");
    private static final Dim SEQUENCE = Dim.symbol("sequence");

    private final GraphBuilder builder = new GraphBuilder("g");
    private final Value x =
            builder.input("x", new TensorType(ElementType.FLOAT32, Shape.of(BATCH, SEQUENCE, Dim.of(384))));
    private final Value shape = apply(new ShapeOf(0, 3), x);

    private Value apply(Op op, Value... operands) {
        return builder.add(Origin.of("n"), op, operands);
    }

    private Value vector(long... elements) {
        return builder.constant(Origin.of("c"), TensorData.ofLongs(elements, elements.length));
    }

    private Value scalar(long element) {
        return builder.constant(Origin.of("c"), TensorData.ofLongs(new long[] {element}));
    }

    /// The size at an axis as a vector of one, as `Shape`, `Gather`, `Unsqueeze` compute it.
    private Value size(int axis) {
        Value picked = apply(new Gather(0), shape, scalar(axis));
        return apply(new Reshape(ImmutableList.of(Dim.ONE)), picked);
    }

    @Test
    void theSizesOfAnAttentionHeadAreKnown() {
        Value target = apply(new Concat(0), size(0), size(1), vector(12), vector(32));
        assertThat(target.contents()).contains(ImmutableList.of(BATCH, SEQUENCE, Dim.of(12), Dim.of(32)));
    }

    @Test
    void sizesAreComputedWith() {
        Value product = apply(new Mul(), size(0), size(1));
        Value heads = apply(new Div(), size(2), vector(12));
        Value left = apply(new Sub(), size(1), vector(1));
        Value all = apply(new Concat(0), product, heads, left, apply(new Add(), size(1), vector(2)));
        assertThat(all.contents())
                .contains(ImmutableList.of(BATCH.times(SEQUENCE), Dim.of(32), SEQUENCE.plus(-1), SEQUENCE.plus(2)));
    }

    @Test
    void productsAndSignsAreFollowed() {
        Value count = apply(new ReduceProd(ImmutableList.of(0), false), shape);
        assertThat(count.contents()).contains(ImmutableList.of(BATCH.times(SEQUENCE).times(384)));
        assertThat(apply(new Neg(), size(0)).contents()).contains(ImmutableList.of(BATCH.times(-1)));
    }

    @Test
    void maskExpansionIsFollowed() {
        Value target = apply(new Concat(0), size(0), vector(-1), size(1));
        Value ones = apply(new Expand(ImmutableList.of(Dim.of(3))), vector(1));
        Value isOpen = apply(new Equal(), target, vector(-1));
        Value chosen = apply(new Where(), isOpen, ones, target);
        assertThat(isOpen.contents()).contains(ImmutableList.of(Dim.ZERO, Dim.ONE, Dim.ZERO));
        assertThat(chosen.contents()).contains(ImmutableList.of(BATCH, Dim.ONE, SEQUENCE));
        Value repeated = apply(new Where(), isOpen, vector(1), target);
        assertThat(repeated.contents()).isEqualTo(chosen.contents());
    }

    @Test
    void slicesGathersAndCastsMoveSizes() {
        Value backwards =
                apply(
                        new Slice(ImmutableList.of(Dim.of(2)), ImmutableList.of(Dim.of(2)), ImmutableList.of(-2L)),
                        shape);
        assertThat(backwards.contents()).contains(ImmutableList.of(Dim.of(384), BATCH));
        Value last = apply(new Gather(0), shape, vector(-1, 1));
        assertThat(last.contents()).contains(ImmutableList.of(Dim.of(384), SEQUENCE));
        Value narrow = apply(new Cast(ElementType.INT32), shape);
        assertThat(narrow.contents()).isEqualTo(shape.contents());
        Value flag = apply(new Cast(ElementType.INT64), apply(new Equal(), size(2), vector(384)));
        assertThat(flag.contents()).contains(ImmutableList.of(Dim.ONE));
    }

    @Test
    void rangesOfKnownLengthAreKnown() {
        Value range = apply(new Range(Dim.of(3)), scalar(4), scalar(-2));
        assertThat(range.contents()).contains(ImmutableList.of(Dim.of(4), Dim.of(2), Dim.of(0)));
        assertThat(apply(new Range(SEQUENCE), scalar(0), scalar(1)).contents()).isEmpty();
    }

    @Test
    void whatCannotBeSaidIsNotSaid() {
        assertThat(apply(new Div(), size(0), vector(0)).contents()).isEmpty();
        assertThat(apply(new Div(), vector(-7), vector(2)).contents()).isEmpty();
        assertThat(apply(new Div(), apply(new Sub(), size(0), vector(3)), vector(2)).contents()).isEmpty();
        assertThat(apply(new Equal(), size(0), vector(2)).contents()).isEmpty();
        assertThat(apply(new Add(), vector(Long.MAX_VALUE), vector(1)).contents()).isEmpty();
        assertThat(apply(new Cast(ElementType.INT32), vector(1L << 31)).contents()).isEmpty();
        assertThat(apply(new Cast(ElementType.INT8), size(0)).contents()).isEmpty();
        assertThat(apply(new Gather(0), shape, vector(3)).contents()).isEmpty();
        assertThat(x.contents()).isEmpty();
    }
}
