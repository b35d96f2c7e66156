package dev.skive.ir.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.skive.ir.SkiveException;
import dev.skive.ir.eval.Interpreter;
import dev.skive.ir.eval.Precision;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.graph.GraphBuilder;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.graph.Value;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Operators whose shapes, axes, bounds and counts are data.
final class DynamicOpTest {
    private static final Origin HERE = Origin.of("here");

    /// The results for operands of known sizes; null leaves an operand out.
    private static List<Tensor> run(Op op, Tensor... operands) {
        var builder = new GraphBuilder("one");
        var inputs = ImmutableMap.<String, Tensor>builder();
        var values = ImmutableList.<Value>builder();
        for (int i = 0; i < operands.length; i++) {
            values.add(builder.input("" + i, operands[i].type()));
            inputs.put("" + i, operands[i]);
        }
        Node node = builder.addNode(HERE, op, values.build());
        IntStream.range(0, node.types().size()).forEach(i -> builder.output("out" + i, node.result(i)));
        return new Interpreter(Precision.DECLARED).run(builder.build(), inputs.buildOrThrow()).values().asList();
    }

    private static ImmutableList<Dim> sizes(int count) {
        return IntStream.range(0, count).mapToObj(i -> Dim.symbol("s" + i)).collect(ImmutableList.toImmutableList());
    }

    private static Tensor longs(long... values) {
        return OpRun.integers(values, values.length);
    }

    private static Tensor counted(long... sizes) {
        int count = (int) java.util.Arrays.stream(sizes).reduce(1, (a, b) -> a * b);
        return OpRun.integers(IntStream.range(0, count).asLongStream().toArray(), sizes);
    }

    @Test
    void extentsHoldNoElements() {
        Tensor extents = run(new Extents(sizes(3)), longs(2, 0, 1 << 30)).getFirst();
        assertThat(extents.sizes()).containsExactly(0, 2, 0, 1 << 30);
    }

    @Test
    void reshapesCopyAndComplete() {
        Tensor x = counted(2, 3, 4);
        assertThat(run(new DynamicReshape(sizes(2), false), x, longs(-1, 6)).getFirst()).isEqualTo(x.reshape(4, 6));
        assertThat(run(new DynamicReshape(sizes(3), false), x, longs(0, 0, -1)).getFirst()).isEqualTo(x);
        Tensor none = counted(0, 3);
        assertThat(run(new DynamicReshape(sizes(2), true), none, longs(7, 0)).getFirst().sizes()).containsExactly(7, 0);
    }

    @Test
    void axesComeAndGo() {
        Tensor x = counted(1, 3, 1);
        assertThat(run(new DynamicSqueeze(sizes(1)), x, longs(-1, 0)).getFirst().sizes()).containsExactly(3);
        assertThat(run(new DynamicUnsqueeze(sizes(5)), x, longs(-1, 1)).getFirst().sizes())
                .containsExactly(1, 1, 3, 1, 1);
        assertThat(run(new DynamicExpand(sizes(3)), x, longs(2, 1, 4)).getFirst()).isEqualTo(x.broadcast(2, 3, 4));
        assertThat(run(new AroundAxis(Dim.symbol("a"), Dim.symbol("b"), Dim.symbol("c")), counted(2, 3, 4), longs(-2)))
                .containsExactly(counted(2, 3, 4));
    }

    @Test
    void foldedAxesBecomeColumns() {
        var op = new CollapseAxes(Dim.symbol("r"), Dim.symbol("c"), 1, false);
        List<Tensor> results = run(op, counted(2, 3), longs(0));
        assertThat(results.getFirst()).isEqualTo(OpRun.integers(new long[] {0, 3, 1, 4, 2, 5}, 3, 2));
        assertThat(results.getLast()).isEqualTo(longs(3));
        for (boolean none : new boolean[] {true, false}) {
            var all = new CollapseAxes(Dim.symbol("r"), Dim.symbol("c"), 2, none);
            List<Tensor> kept = run(all, counted(2, 3), longs());
            assertThat(kept.getFirst().sizes()).containsExactly(none ? 6 : 1, none ? 1 : 6);
            assertThat(kept.getLast()).isEqualTo(none ? longs(2, 3) : longs(1, 1));
        }
    }

    @Test
    void slicesCutBoundsOff() {
        Tensor x = counted(6);
        long far = Long.MAX_VALUE;
        assertThat(slice(x, -4, far, 2)).containsExactly(2, 4);
        assertThat(slice(x, far, -far, -2)).containsExactly(5, 3, 1);
        assertThat(slice(x, -100, -100, -1)).containsExactly(0);
        assertThat(slice(x, 4, 2, 1)).isEmpty();
        assertThat(slice(x, 1, 5, far)).containsExactly(1);
        assertThat(slice(counted(0), 1, -5, -1)).isEmpty();
        assertThat(run(new DynamicSlice(sizes(2)), counted(2, 2), longs(1), longs(2)).getFirst().integers())
                .containsExactly(2, 3);
    }

    private static long[] slice(Tensor x, long start, long end, long step) {
        return run(new DynamicSlice(sizes(1)), x, longs(start), longs(end), longs(0), longs(step))
                .getFirst()
                .integers();
    }

    @Test
    void theBestComeInOrder() {
        double nan = Double.NaN;
        Tensor x = OpRun.reals(new double[] {1, nan, 3, 1, -0.0, 0.0}, 1, 6);
        Dim k = Dim.symbol("k");
        List<Tensor> largest = run(new TopK(1, true, k), x, longs(4));
        assertThat(largest.getFirst().reals()).containsExactly(nan, 3, 1, 1);
        assertThat(largest.getLast().integers()).containsExactly(1, 2, 0, 3);
        assertThat(run(new TopK(1, false, k), x, longs(6)).getLast().integers()).containsExactly(4, 5, 0, 3, 2, 1);
        assertThat(run(new TopK(1, true, k), x, longs(0)).getFirst().count()).isZero();
        Tensor unsigned = Tensor.ofIntegers(ElementType.UINT64, new long[] {1, -1, 5}, 3);
        assertThat(run(new TopK(0, true, k), unsigned, longs(2)).getLast().integers()).containsExactly(1, 2);
        assertThat(run(new TopK(0, true, Dim.of(1)), counted(3, 2), longs(1)).getFirst().integers())
                .containsExactly(4, 5);
    }

    @Test
    void eachOnce() {
        Tensor x = OpRun.integers(new long[] {2, 1, 1, 3, 4, 3}, 6);
        List<Tensor> rising = run(new Unique(true, Optional.empty(), Dim.symbol("u")), x);
        assertThat(rising)
                .containsExactly(longs(1, 2, 3, 4), longs(1, 0, 3, 4), longs(1, 0, 0, 2, 3, 2), longs(2, 1, 2, 1));
        List<Tensor> first = run(new Unique(false, Optional.empty(), Dim.symbol("u")), x);
        assertThat(first)
                .containsExactly(longs(2, 1, 3, 4), longs(0, 1, 3, 4), longs(0, 1, 1, 2, 3, 2), longs(1, 2, 2, 1));
        Tensor rows = OpRun.integers(new long[] {5, 1, 0, 2, 5, 1}, 3, 2);
        assertThat(run(new Unique(true, Optional.of(0), Dim.symbol("u")), rows).getFirst())
                .isEqualTo(OpRun.integers(new long[] {0, 2, 5, 1}, 2, 2));
        assertThat(run(new Unique(true, Optional.of(1), Dim.symbol("u")), rows).getFirst())
                .isEqualTo(OpRun.integers(new long[] {1, 5, 2, 0, 1, 5}, 3, 2));
        Tensor text = Tensor.ofText(ImmutableList.of("b", "a", "b"), 3);
        assertThat(run(new Unique(true, Optional.empty(), Dim.symbol("u")), text).getFirst().text())
                .containsExactly("a", "b");
        Tensor nothing = counted(0);
        assertThat(run(new Unique(true, Optional.empty(), Dim.symbol("u")), nothing)).allMatch(t -> t.count() == 0);
    }

    @Test
    void boxesThatOverlapLeaveOne() {
        Tensor boxes = OpRun.reals(new double[] {0, 0, 2, 2, 2, 2, 0, 0.2, 5, 5, 6, 6, 0, 0, 0, 0}, 1, 4, 4);
        Tensor scores = OpRun.reals(new double[] {0.5, 0.9, 0.1, 0.7}, 1, 1, 4);
        Tensor share = OpRun.reals(new double[] {0.5}, 1);
        Tensor least = OpRun.reals(new double[] {0.2}, 1);
        var op = new NonMaxSuppression(false, Dim.symbol("n"));
        assertThat(run(op, boxes, scores, longs(9), share, least).getFirst().integers())
                .containsExactly(0, 0, 1, 0, 0, 3);
        assertThat(run(op, boxes, scores, longs(3), share).getFirst().integers())
                .containsExactly(0, 0, 1, 0, 0, 3, 0, 0, 2);
        assertThat(run(op, boxes, scores).getFirst().sizes()).containsExactly(0, 3);
    }

    static List<Arguments> refused() {
        Tensor x = counted(2, 3);
        Dim s = Dim.symbol("s");
        return List.of(
                Arguments.of("no size", new Extents(sizes(1)), new Tensor[] {longs(-1)}),
                Arguments.of("more than one -1", new DynamicReshape(sizes(2), false), new Tensor[] {x, longs(-1, -1)}),
                Arguments.of("negative size", new DynamicReshape(sizes(2), false), new Tensor[] {x, longs(-3, -2)}),
                Arguments.of("not defined", new DynamicReshape(sizes(2), true), new Tensor[] {x, longs(-1, 0)}),
                Arguments.of("copies axis 2", new DynamicReshape(sizes(3), false), new Tensor[] {x, longs(2, 3, 0)}),
                Arguments.of("do not fill", new DynamicReshape(sizes(1), false), new Tensor[] {x, longs(5)}),
                Arguments.of("do not broadcast", new DynamicExpand(sizes(2)), new Tensor[] {x, longs(2, 2)}),
                Arguments.of("not 1", new DynamicSqueeze(sizes(1)), new Tensor[] {x, longs(0)}),
                Arguments.of("outside rank 3", new DynamicUnsqueeze(sizes(3)), new Tensor[] {x, longs(3)}),
                Arguments.of("repeat", new DynamicUnsqueeze(sizes(4)), new Tensor[] {x, longs(1, -3)}),
                Arguments.of("outside rank 2", new AroundAxis(s, s, s), new Tensor[] {x, longs(2)}),
                Arguments.of("step along axis 1", new DynamicSlice(sizes(2)), slicing(longs(0), longs(0))),
                Arguments.of("differ in length", new DynamicSlice(sizes(2)), slicing(longs(0, 1), longs(1, 1))),
                Arguments.of("4 elements", new TopK(1, true, s), new Tensor[] {x, longs(4)}));
    }

    private static Tensor[] slicing(Tensor starts, Tensor steps) {
        return new Tensor[] {counted(2, 3), starts, longs(1), longs(1), steps};
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void runsThatDoNotFitAreRefused(String message, Op op, Tensor[] operands) {
        assertThatThrownBy(() -> run(op, operands)).isInstanceOf(SkiveException.class).hasMessageContaining(message);
    }
}
