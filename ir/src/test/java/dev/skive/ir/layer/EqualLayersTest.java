package dev.skive.ir.layer;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.GraphBuilder;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.graph.RandomGraphs;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Add;
import dev.skive.ir.op.Constant;
import dev.skive.ir.op.LayerNorm;
import dev.skive.ir.op.MatMul;
import dev.skive.ir.op.Mul;
import dev.skive.ir.op.Op;
import dev.skive.ir.op.Relu;
import dev.skive.ir.op.Sigmoid;
import dev.skive.ir.op.Softmax;
import dev.skive.ir.op.Tanh;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.TensorType;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EqualLayersTest {
    private static final int WIDTH = 4;

    private final GraphBuilder builder = new GraphBuilder("g");
    private final Random random = new Random(1);
    private final Value input =
            builder.input("x", new TensorType(ElementType.FLOAT32, Shape.of(Dim.symbol("n"), Dim.of(WIDTH))));

    private Value apply(Op op, Value... operands) {
        return builder.add(Origin.of("n"), op, operands);
    }

    private Value weight(long... sizes) {
        long count = Shape.of(sizes).elementCount().known();
        double[] elements = random.doubles(count).toArray();
        return builder.constant(Origin.of("w"), TensorData.ofReals(ElementType.FLOAT32, elements, sizes));
    }

    /// `x + relu(x w) v`, scaled by a mask that all layers share.
    private Value layer(Value x, Value mask) {
        Value hidden = apply(new Relu(), apply(new MatMul(), x, weight(WIDTH, 2 * WIDTH)));
        Value change = apply(new Mul(), apply(new MatMul(), hidden, weight(2 * WIDTH, WIDTH)), mask);
        return apply(new Add(), x, change);
    }

    private static List<Op> ops(List<Node> nodes) {
        return nodes.stream().map(Node::op).toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 9})
    void residualLayersAreFoundWhateverTheyShare(int count) {
        Value mask = apply(new Sigmoid(), apply(new Softmax(1), input));
        Value x = apply(new Tanh(), input);
        for (int i = 0; i < count; i++) {
            x = layer(x, mask);
        }
        builder.output("y", apply(new LayerNorm(1, 1e-5), x, weight(WIDTH)));
        EqualLayers equal = only(EqualLayers.of(builder.build()));
        assertThat(equal.layers()).hasSize(count);
        assertThat(ops(equal.layers().getFirst()))
                .containsExactly(new MatMul(), new Relu(), new MatMul(), new Mul(), new Add());
        assertThat(equal.slots()).hasSize(4);
        assertThat(equal.results()).containsExactly(new EqualLayers.Result(4, 0));
        assertThat(equal.slots()).anyMatch(slot -> slot.stream().allMatch(mask::equals));
        assertThat(equal.slots().getFirst().get(1)).isEqualTo(equal.layers().getFirst().getLast().result());
    }

    @Test
    void equalConstantsNeedNoSlot() {
        Value scale = weight(WIDTH);
        Value x = input;
        for (int i = 0; i < 3; i++) {
            Value sum = apply(new Add(), apply(new Mul(), apply(new Tanh(), x), scale), weight(WIDTH));
            x = apply(new Relu(), sum);
        }
        builder.output("y", x);
        EqualLayers equal = only(EqualLayers.of(builder.build()));
        assertThat(equal.slots()).hasSize(2).allMatch(slot -> slot.size() == 3);
        assertThat(equal.slots().get(1)).allMatch(value -> value.node().op() instanceof Constant).doesNotContain(scale);
    }

    @Test
    void whatOthersUseOfOneLayerIsAResultOfAll() {
        Value x = input;
        for (int i = 0; i < 3; i++) {
            Value hidden = apply(new Tanh(), apply(new MatMul(), x, weight(WIDTH, WIDTH)));
            if (i == 1) {
                builder.output("hidden", hidden);
            }
            x = apply(new Add(), apply(new Relu(), hidden), x);
        }
        builder.output("y", x);
        EqualLayers equal = only(EqualLayers.of(builder.build()));
        assertThat(equal.results()).containsExactly(new EqualLayers.Result(1, 0), new EqualLayers.Result(3, 0));
    }

    @Test
    void layersThatDifferAreNotTakenForEqual() {
        Value x = input;
        for (int i = 0; i < 4; i++) {
            Value sum = apply(new Add(), apply(new Mul(), apply(new Tanh(), x), weight(WIDTH)), weight(WIDTH));
            x = apply(i % 2 == 0 ? new Relu() : new Sigmoid(), sum);
        }
        builder.output("y", x);
        EqualLayers equal = only(EqualLayers.of(builder.build()));
        assertThat(equal.layers()).hasSize(2).allMatch(layer -> layer.size() == 8);
    }

    @Test
    void shortRepetitionsAreNoLayers() {
        Value x = input;
        for (int i = 0; i < 5; i++) {
            x = apply(new Tanh(), apply(new Add(), x, weight(WIDTH)));
        }
        builder.output("y", x);
        assertThat(EqualLayers.of(builder.build())).allMatch(equal -> equal.layers().getFirst().size() >= 4);
        builder.output("z", input);
        assertThat(EqualLayers.of(builder.build())).hasSize(1);
    }

    @Property(tries = 200)
    void layersAreDisjointAndEqualUpToTheirSlots(@ForAll long seed) {
        Graph graph = RandomGraphs.graph(seed);
        var seen = new HashSet<Node>();
        for (EqualLayers equal : EqualLayers.of(graph)) {
            var first = EqualLayers.outline(equal.layers().getFirst());
            for (ImmutableList<Node> layer : equal.layers()) {
                assertThat(EqualLayers.outline(layer)).isEqualTo(first);
                assertThat(layer).allMatch(graph::contains).allMatch(seen::add);
            }
        }
    }

    @Test
    void veryLongChainsAreSearched() {
        Value x = input;
        for (int i = 0; i < 20_000; i++) {
            x = apply(new Tanh(), x);
        }
        builder.output("y", x);
        EqualLayers equal = only(EqualLayers.of(builder.build()));
        assertThat(equal.layers()).hasSize(5000);
    }

    private static EqualLayers only(List<EqualLayers> templates) {
        assertThat(templates).hasSize(1);
        return templates.getFirst();
    }
}
