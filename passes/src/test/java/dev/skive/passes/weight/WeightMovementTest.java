package dev.skive.passes.weight;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.eval.Interpreter;
import dev.skive.ir.eval.Precision;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Concat;
import dev.skive.ir.op.Transpose;
import dev.skive.ir.type.ElementType;
import dev.skive.passes.rule.Sample;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class WeightMovementTest {
    @Provide
    Arbitrary<ElementType> elements() {
        return Arbitraries.of(ElementType.FLOAT32, ElementType.FLOAT16, ElementType.FLOAT64, ElementType.BFLOAT16);
    }

    @Property(tries = 200)
    void transposesAsTheInterpreterDoes(@ForAll("elements") ElementType element, @ForAll long seed) {
        var sample = new Sample(seed, element, true);
        var perm = new ArrayList<>(List.of(0, 1, 2));
        Collections.shuffle(perm, new Random(seed));
        Value weight = sample.weight(sample.between(1, 4), sample.between(1, 4), sample.between(1, 4));
        Graph graph = sample.graph(sample.add(new Transpose(ImmutableList.copyOf(perm)), weight));

        TensorData found = WeightMovement.transpose(data(weight), ImmutableList.copyOf(perm));

        assertThat(found).isEqualTo(evaluated(graph));
    }

    @Property(tries = 200)
    void concatenatesAsTheInterpreterDoes(@ForAll("elements") ElementType element, @ForAll long seed) {
        var sample = new Sample(seed, element, true);
        int rows = sample.between(1, 4);
        Value a = sample.weight(rows, sample.between(1, 4));
        Value b = sample.weight(rows, sample.between(1, 4));
        Graph graph = sample.graph(sample.add(new Concat(1), a, b));

        assertThat(WeightMovement.concatLast(ImmutableList.of(data(a), data(b)))).isEqualTo(evaluated(graph));
    }

    private static TensorData data(Value value) {
        return value.constant().orElseThrow();
    }

    private static TensorData evaluated(Graph graph) {
        return new Interpreter(Precision.DECLARED)
                .fold(graph.outputs().values().asList().getFirst().node())
                .getFirst()
                .toData();
    }
}
