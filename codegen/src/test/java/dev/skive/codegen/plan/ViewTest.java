package dev.skive.codegen.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.skive.codegen.differential.Movements;
import dev.skive.codegen.differential.RandomCase;
import dev.skive.ir.eval.Interpreter;
import dev.skive.ir.eval.Precision;
import dev.skive.ir.eval.Strides;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Expand;
import dev.skive.ir.op.Op;
import dev.skive.ir.op.Reshape;
import dev.skive.ir.op.Slice;
import dev.skive.ir.op.Transpose;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class ViewTest {
    private static final Dim N = Dim.symbol("n");
    private static final Dim M = Dim.symbol("m");
    private static final ImmutableMap<String, Long> SIZES = ImmutableMap.of("n", 3L, "m", 5L);
    private static final int STEPS = 8;

    private static View contiguous(Shape shape) {
        var buffer = new Buffer(0, "x", ElementType.INT64, shape.elementCount(), Optional.empty());
        return View.contiguous(buffer, shape);
    }

    /// Where the elements of a view are, in order.
    private static long[] places(View view) {
        long[] sizes = view.shape().evaluate(SIZES);
        int[] strides = view.strides().stream().mapToInt(stride -> Math.toIntExact(stride.evaluate(SIZES))).toArray();
        int start = Math.toIntExact(view.offset().evaluate(SIZES));
        return Arrays.stream(Strides.offsets(sizes, strides, start)).asLongStream().toArray();
    }

    private static Optional<View> apply(Op op, View view, Shape result) {
        return switch (op) {
            case Transpose(var perm) -> Optional.of(view.transpose(perm));
            case Slice(var starts, var sizes, var steps) -> Optional.of(view.slice(starts, sizes, steps));
            case Expand expand -> Optional.of(view.expand(result));
            case Reshape reshape -> view.reshape(result);
            default -> throw new AssertionError(op);
        };
    }

    /// Any sequence of movements that stays a view finds the elements the interpreter moves.
    @Property(tries = 500)
    void movementsKeepTrackOfElements(@ForAll long seed) {
        var random = new RandomCase(seed);
        Value value = random.input(ElementType.INT64, Shape.of(N, Dim.of(random.from(1, 4)), M, Dim.of(6)), 0, 1);
        Shape first = value.shape();
        View view = contiguous(first);
        for (int i = 0; i < STEPS; i++) {
            Op op = Movements.any(random, value.shape());
            Value next = random.apply(op, value);
            Optional<View> moved = apply(op, view, next.shape());
            if (moved.isPresent()) {
                value = next;
                view = moved.get();
            }
        }
        random.output(value);
        long[] sizes = first.evaluate(SIZES);
        long[] all = LongStream.range(0, Strides.count(sizes)).toArray();
        var outputs =
                new Interpreter(Precision.DOUBLE)
                        .run(random.graph(), ImmutableMap.of("x0", Tensor.ofIntegers(ElementType.INT64, all, sizes)));
        assertThat(view.shape()).isEqualTo(value.shape());
        assertThat(places(view)).isEqualTo(outputs.values().iterator().next().integers());
        matrixFindsTheSame(view);
    }

    private static void matrixFindsTheSame(View view) {
        if (view.asMatrix().isEmpty()) {
            return;
        }
        Matrix matrix = view.asMatrix().get();
        var rows =
                new View(
                        view.buffer(),
                        view.offset(),
                        Shape.of(matrix.rows(), matrix.columns()),
                        ImmutableList.of(matrix.rowStride(), Dim.ONE));
        assertThat(places(rows)).isEqualTo(places(view));
    }

    @Test
    void contiguousViewsTakeAnyShape() {
        View view = contiguous(Shape.of(N, Dim.of(4), M));
        assertThat(view.reshape(Shape.of(M.times(2), N.times(2)))).isPresent();
        assertThat(view.transpose(ImmutableList.of(0, 1, 2)).isContiguous()).isTrue();
    }

    @Test
    void headsSplitAndMergeWithoutCopy() {
        View heads =
                contiguous(Shape.of(N, M, Dim.of(24)))
                        .reshape(Shape.of(N, M, Dim.of(2), Dim.of(12)))
                        .orElseThrow()
                        .transpose(ImmutableList.of(0, 2, 1, 3));
        assertThat(heads.isContiguous()).isFalse();
        assertThat(heads.reshape(Shape.of(N.times(2), M, Dim.of(12)))).isEmpty();
        View back = heads.transpose(ImmutableList.of(0, 2, 1, 3));
        assertThat(back.reshape(Shape.of(N, M, Dim.of(24))).orElseThrow().isContiguous()).isTrue();
    }

    @Test
    void partsOfRowsAreMatrices() {
        View wide = contiguous(Shape.of(N, M, Dim.of(96)));
        Slice part = Slice.along(wide.shape(), 2, Dim.of(32), Dim.of(32));
        Matrix matrix = wide.slice(part.starts(), part.sizes(), part.steps()).asMatrix().orElseThrow();
        assertThat(matrix.rows()).isEqualTo(N.times(M));
        assertThat(matrix.rowStride()).isEqualTo(Dim.of(96));
        assertThat(wide.transpose(ImmutableList.of(0, 2, 1)).asMatrix()).isEmpty();
    }
}
