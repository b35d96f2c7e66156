package dev.skive.passes.rule.instance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.GraphBuilder;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Add;
import dev.skive.ir.op.Div;
import dev.skive.ir.op.Mul;
import dev.skive.ir.op.Op;
import dev.skive.ir.op.Sub;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.TensorType;
import dev.skive.passes.Contract;
import dev.skive.passes.Exactness;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.stream.LongStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/// The judge of rewrites is itself judged: it accepts what is right and refuses what is slightly wrong.
class RewriteTest {
    private static final TensorType ROWS = new TensorType(ElementType.FLOAT32, Shape.of(3, 4));

    private static Graph graph(BiFunction<GraphBuilder, Value[], Value> computation) {
        var builder = new GraphBuilder("side");
        Value[] inputs = {builder.input("x", ROWS), builder.input("y", ROWS), builder.input("z", ROWS)};
        builder.output("result", computation.apply(builder, inputs));
        return builder.build();
    }

    private static Value add(GraphBuilder builder, Op op, Value... operands) {
        return builder.add(Origin.of("node"), op, operands);
    }

    private static Value number(GraphBuilder builder, double value) {
        return builder.constant(Origin.of("number"), TensorData.scalar(ElementType.FLOAT32, value));
    }

    private static Verdict verdict(
            Contract contract, RandomElements.Range range, long seed, Graph before, Graph after) {
        var random = new Random(seed);
        Inputs inputs = Inputs.random(before, random, range).orElseThrow();
        return new Rewrite(contract, false, before, after, inputs).verdict(random);
    }

    @Property(tries = 200)
    void anotherOrderOfSumsIsReassociatingButNotExact(@ForAll long seed) {
        Graph left = graph((b, in) -> add(b, new Add(), add(b, new Add(), in[0], in[1]), in[2]));
        Graph right = graph((b, in) -> add(b, new Add(), in[0], add(b, new Add(), in[1], in[2])));
        var ordinary = RandomElements.Range.ORDINARY;

        assertThat(verdict(Exactness.REASSOCIATING, ordinary, seed, left, right)).isInstanceOf(Verdict.Kept.class);
        assertThat(LongStream.range(0, 50))
                .anyMatch(s -> verdict(Exactness.EXACT, ordinary, seed ^ s, left, right) instanceof Verdict.Broken);
    }

    @Property(tries = 200)
    void cancellationIsExplained(@ForAll long seed) {
        Graph before = graph((b, in) -> add(b, new Sub(), add(b, new Add(), in[0], number(b, 1e8)), number(b, 1e8)));
        Graph after = graph((b, in) -> in[0]);
        var ordinary = RandomElements.Range.ORDINARY;

        assertThat(verdict(Exactness.REASSOCIATING, ordinary, seed, before, after)).isInstanceOf(Verdict.Kept.class);
    }

    @Property(tries = 200)
    void aFactorThatIsOffByAThousandthIsNoticed(@ForAll long seed) {
        Graph before = graph((b, in) -> add(b, new Div(), in[0], number(b, 4)));
        Graph after = graph((b, in) -> add(b, new Mul(), in[0], number(b, 0.25 * (1 + 0x1p-10))));
        var ordinary = RandomElements.Range.ORDINARY;

        assertThat(verdict(Exactness.REASSOCIATING, ordinary, seed, before, after)).isInstanceOf(Verdict.Broken.class);
    }

    @Example
    void specialValuesTellThatAddingZeroIsNotExact() {
        Graph before = graph((b, in) -> add(b, new Add(), in[0], number(b, 0)));
        Graph after = graph((b, in) -> in[0]);

        assertThat(LongStream.range(0, 50))
                .anyMatch(s ->
                        verdict(Exactness.EXACT, RandomElements.Range.SPECIAL, s, before, after)
                                instanceof Verdict.Broken);
    }

    @Property(tries = 200)
    void whatIsNotFiniteIsLeftOpenWhereTheContractIsAboutNumbers(@ForAll long seed) {
        Graph before = graph((b, in) -> add(b, new Div(), in[0], number(b, 0)));
        Graph after = graph((b, in) -> in[0]);
        var ordinary = RandomElements.Range.ORDINARY;

        assertThat(verdict(Exactness.REASSOCIATING, ordinary, seed, before, after)).isInstanceOf(Verdict.Open.class);
        assertThat(verdict(Exactness.EXACT, ordinary, seed, before, after)).isInstanceOf(Verdict.Broken.class);
    }
}
