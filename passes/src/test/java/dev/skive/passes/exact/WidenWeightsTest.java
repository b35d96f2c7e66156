package dev.skive.passes.exact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.GraphBuilder;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Cast;
import dev.skive.ir.op.Linear;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.TensorType;
import dev.skive.passes.PassContext;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class WidenWeightsTest {
    @Property
    void keepsEveryBitOfEveryNarrowNumber(@ForAll @Size(min = 1, max = 40) short[] bits, @ForAll boolean brain) {
        ElementType narrow = brain ? ElementType.BFLOAT16 : ElementType.FLOAT16;
        var bytes = TensorData.allocate(narrow, bits.length);
        for (int i = 0; i < bits.length; i++) {
            bytes.setAtIndex(java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED, i, bits[i]);
        }
        TensorData weight = TensorData.wrap(narrow, new long[] {bits.length}, bytes);
        var builder = new GraphBuilder("g");
        builder.output("y", cast(builder, builder.constant(Origin.of("w"), weight), ElementType.FLOAT32));

        Value widened =
                new WidenWeights().run(builder.build(), PassContext.quiet()).outputs().values().iterator().next();

        TensorData data = widened.constant().orElseThrow();
        assertThat(data.element()).isEqualTo(ElementType.FLOAT32);
        assertThat(data.doubles()).isEqualTo(weight.doubles());
    }

    @Example
    void leavesCastsThatRoundAlone() {
        var builder = new GraphBuilder("g");
        Value x = builder.input("x", new TensorType(ElementType.FLOAT16, Shape.of(2, 3)));
        TensorData weight = TensorData.ofFloats(new float[] {1, 2, 3, 4, 5, 6}, 3, 2);
        Value rounded = cast(builder, builder.constant(Origin.of("w"), weight), ElementType.FLOAT16);
        builder.output("y", builder.add(Origin.of("product"), new Linear(), x, rounded));
        Graph graph = builder.build();

        assertThat(new WidenWeights().run(graph, PassContext.quiet())).isSameAs(graph);
    }

    private static Value cast(GraphBuilder builder, Value value, ElementType to) {
        return builder.add(Origin.of("cast"), new Cast(to), value);
    }
}
