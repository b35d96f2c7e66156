package dev.skive.passes.exact;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.GraphBuilder;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Add;
import dev.skive.ir.op.Body;
import dev.skive.ir.op.Cast;
import dev.skive.ir.op.Constant;
import dev.skive.ir.op.Div;
import dev.skive.ir.op.Exp;
import dev.skive.ir.op.Expand;
import dev.skive.ir.op.Gather;
import dev.skive.ir.op.Loop;
import dev.skive.ir.op.ShapeOf;
import dev.skive.ir.op.Transpose;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.TensorType;
import dev.skive.passes.PassContext;
import dev.skive.passes.rule.Sample;
import org.junit.jupiter.api.Test;

class FoldConstantsTest {
    private final Sample sample = new Sample(1, ElementType.FLOAT32, false);

    private static Graph fold(Graph graph, boolean inexact) {
        return new FoldConstants(inexact).run(graph, PassContext.quiet());
    }

    private boolean folds(boolean inexact, Value value) {
        Value output = fold(sample.graph(value), inexact).outputs().values().asList().getFirst();
        return output.node().op() instanceof Constant;
    }

    @Test
    void foldsWhatIsRoundedCorrectly() {
        assertThat(folds(false, sample.add(new Add(), sample.weight(3), sample.weight(3)))).isTrue();
    }

    @Test
    void foldsFunctionsOnlyWhenInexactIsAllowed() {
        Value exp = sample.add(new Exp(), sample.weight(3));
        Graph graph = sample.graph(exp);

        assertThat(fold(graph, false)).isSameAs(graph);
        assertThat(fold(graph, true).nodes()).hasSize(1);
    }

    @Test
    void foldsKnownSizes() {
        Value sizes = sample.add(new ShapeOf(1, 3), sample.input(Shape.of(Dim.symbol("n"), Dim.of(2), Dim.of(3))));

        assertThat(folds(false, sizes)).isTrue();
    }

    @Test
    void keepsSymbolicSizes() {
        assertThat(folds(false, sample.add(new ShapeOf(0, 1), sample.input(Shape.of(Dim.symbol("n")))))).isFalse();
    }

    @Test
    void keepsWhatWouldGrowTheModel() {
        Value one = sample.weight(1, 1);

        assertThat(folds(false, sample.add(new Expand(Shape.of(300, 300).dims()), one))).isFalse();
    }

    @Test
    void keepsAMovedWeightThatIsStillUsed() {
        Value weight = sample.weight(200, 300);
        Value moved = sample.add(new Transpose(ImmutableList.of(1, 0)), weight);
        Graph graph = sample.graph(moved, weight);

        assertThat(fold(graph, false)).isSameAs(graph);
    }

    @Test
    void movesLargeWeights() {
        assertThat(folds(false, sample.add(new Transpose(ImmutableList.of(1, 0)), sample.weight(200, 300)))).isTrue();
    }

    @Test
    void keepsWhatEnginesDefineDifferently() {
        Value zero = sample.number(ElementType.INT64, 0);

        assertThat(folds(true, sample.add(new Div(), sample.number(ElementType.INT64, 1), zero))).isFalse();
    }

    @Test
    void keepsConversionsThatDoNotFit() {
        assertThat(folds(true, sample.add(new Cast(ElementType.INT32), sample.number(1e30)))).isFalse();
    }

    @Test
    void keepsLookUpsOutsideTheTable() {
        Value ids = sample.number(ElementType.INT64, 9, 2);

        assertThat(folds(true, sample.add(new Gather(0), sample.weight(3, 2), ids))).isFalse();
    }

    /// Nobody knows when it would end.
    @Test
    void keepsLoopsOverConstants() {
        var builder = new GraphBuilder("body");
        builder.input("trip", new TensorType(ElementType.INT64, Shape.SCALAR));
        Value goOn = builder.input("condition", new TensorType(ElementType.BOOL, Shape.SCALAR));
        Value state = builder.input("state", new TensorType(ElementType.FLOAT32, Shape.of(3)));
        builder.output("next", goOn);
        builder.output("double", builder.add(Origin.of("add"), new Add(), state, state));
        Value weight = sample.weight(3);
        var loop = new Loop(new Body(builder.build(), ImmutableList.of()), 1, ImmutableList.of(weight.type()));

        assertThat(folds(true, sample.add(loop, Value.ABSENT, Value.ABSENT, weight))).isFalse();
    }
}
