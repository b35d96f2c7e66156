package dev.skive.passes.depth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.skive.ir.data.TensorData;
import dev.skive.ir.eval.Interpreter;
import dev.skive.ir.eval.Precision;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.GraphBuilder;
import dev.skive.ir.graph.GraphVerifier;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Add;
import dev.skive.ir.op.Linear;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.TensorType;
import dev.skive.passes.PassContext;
import dev.skive.passes.calibration.InterpretedActivations;
import dev.skive.passes.calibration.Taps;
import dev.skive.passes.residual.Layer;
import dev.skive.passes.residual.Networks;
import dev.skive.passes.residual.ResidualStream;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class HealTest {
    private static final int WIDTH = 4;
    private static final int ROWS = 30;

    @Property(tries = 30)
    void changesNothingThatIsWhole(@ForAll long seed) {
        Graph graph = Networks.random(seed, Networks.Norm.PRE, 3);

        assertThat(new Heal().run(graph, PassContext.quiet().withExactly(graph))).isSameAs(graph);
        assertThat(new Heal().run(graph, PassContext.quiet())).isSameAs(graph);
    }

    /// Layers that are affine maps can be replaced by one: the network answers as before.
    @Property(tries = 60)
    void restoresAffineLayers(@ForAll long seed, @ForAll @IntRange(min = 1, max = 3) int count) {
        Graph graph = affine(seed, 4);
        PassContext context =
                PassContext.quiet().withActivations(new InterpretedActivations(List.of(rows(seed)))).withExactly(graph);
        Graph cut = new DropLayers(count, LayerChoice.UNIFORM, Tokens.ALL).run(graph, context);

        Graph healed = GraphVerifier.verify(new Heal(1e-13).run(cut, context));

        double[] expected = output(graph, seed + 1);
        double[] found = output(healed, seed + 1);
        double largest = IntStream.range(0, expected.length).mapToDouble(i -> Math.abs(expected[i])).max().orElse(0);
        assertThat(found).containsExactly(expected, within(1e-6 * largest));
    }

    /// On the samples it learned from, the stream at the first cut is nearer than without the repair.
    @Property(tries = 30)
    void bringsTransformersNearer(@ForAll long seed) {
        Graph graph = Networks.random(seed, Networks.Norm.PRE, 4);
        List<Map<String, Tensor>> samples = IntStream.range(0, 20).mapToObj(i -> Networks.tokens(seed + i)).toList();
        PassContext context =
                PassContext.quiet().withActivations(new InterpretedActivations(samples)).withExactly(graph);
        Graph cut = new DropLayers(2, LayerChoice.UNIFORM, Tokens.ALL).run(graph, context);

        Graph healed = new Heal(1e-6).run(cut, context);

        Cut first = Cut.between(graph, cut).getFirst();
        Cut repaired = Cut.between(graph, healed).getFirst();
        Graph there = Taps.on(List.of(graph, cut, healed), List.of(first.before(), first.now(), repaired.now()));
        double without = 0;
        double with = 0;
        for (Map<String, Tensor> sample : samples) {
            var values = new Interpreter(Precision.DOUBLE).run(there, sample).values().asList();
            without += distance(values.get(0), values.get(1));
            with += distance(values.get(0), values.get(2));
        }
        // The identity is one of the maps that least squares chooses from.
        assertThat(with).isLessThan(without);
        assertThat(Layer.of(ResidualStream.longest(healed).orElseThrow())).hasSize(2);
    }

    private static double distance(Tensor a, Tensor b) {
        double sum = 0;
        for (int i = 0; i < a.reals().length; i++) {
            sum += Math.pow(a.reals()[i] - b.reals()[i], 2);
        }
        return sum;
    }

    /// Layers `x + x w + b`.
    private static Graph affine(long seed, int layers) {
        var random = new Random(seed);
        var builder = new GraphBuilder("affine");
        Value x = builder.input("x", new TensorType(ElementType.FLOAT64, Shape.of(1, ROWS, WIDTH)));
        for (int layer = 0; layer < layers; layer++) {
            Origin origin = Origin.of("layer" + layer);
            Value weight = builder.constant(origin, random(random, WIDTH, WIDTH));
            Value bias = builder.constant(origin, random(random, WIDTH));
            x = builder.add(origin, new Add(), x, builder.add(origin, new Linear(), x, weight, bias));
        }
        builder.output("y", x);
        return builder.build();
    }

    private static TensorData random(Random random, long... sizes) {
        long count = 1;
        for (long size : sizes) {
            count *= size;
        }
        return TensorData.ofReals(ElementType.FLOAT64, random.doubles(count, -0.5, 0.5).toArray(), sizes);
    }

    private static Map<String, Tensor> rows(long seed) {
        double[] values = new Random(seed).doubles(ROWS * WIDTH, -1, 1).toArray();
        return Map.of("x", Tensor.ofReals(ElementType.FLOAT64, values, 1, ROWS, WIDTH));
    }

    private static double[] output(Graph graph, long seed) {
        return new Interpreter(Precision.DOUBLE).run(graph, rows(seed)).values().iterator().next().reals();
    }
}
