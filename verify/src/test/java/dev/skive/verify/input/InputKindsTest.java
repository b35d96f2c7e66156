package dev.skive.verify.input;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.GraphBuilder;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Add;
import dev.skive.ir.op.Cast;
import dev.skive.ir.op.Gather;
import dev.skive.ir.op.Op;
import dev.skive.ir.op.Reshape;
import dev.skive.ir.op.Where;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.TensorType;
import dev.skive.verify.SmallModels;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class InputKindsTest {
    private static final Dim N = Dim.symbol("n");

    private final GraphBuilder builder = new GraphBuilder("g");

    private Value input(String name, ElementType element) {
        return builder.input(name, new TensorType(element, Shape.of(N)));
    }

    private Value table(long rows) {
        return builder.constant(Origin.of("t"), TensorData.ofFloats(new float[(int) rows * 2], rows, 2));
    }

    private Value apply(Op op, Value... operands) {
        return builder.add(Origin.of("n"), op, operands);
    }

    private InputKind only(Value output) {
        builder.output("y", output);
        Graph graph = builder.build();
        return new InputKinds(graph).byName().values().asList().getFirst();
    }

    @Test
    void anEncodersInputsAreFound() {
        assertThat(new InputKinds(SmallModels.encoder()).byName())
                .isEqualTo(
                        Map.of(
                                "input_ids", new InputKind.Indices(Dim.of(9)),
                                "attention_mask", new InputKind.Mask(),
                                "token_type_ids", new InputKind.Indices(Dim.of(2))));
    }

    @Test
    void theSmallestTableLimitsTheIndices() {
        Value ids = input("ids", ElementType.INT32);
        Value first = apply(new Gather(0), table(7), apply(new Cast(ElementType.INT64), ids));
        Value second = apply(new Gather(0), table(5), ids);
        assertThat(only(apply(new Add(), first, second))).isEqualTo(new InputKind.Indices(Dim.of(5)));
    }

    @Test
    void indicesAreFollowedThroughMovementAndChoice() {
        Value ids = input("ids", ElementType.INT64);
        Value isOpen = apply(new Cast(ElementType.BOOL), ids);
        Value shaped = apply(new Reshape(ImmutableList.of(Dim.ONE, N)), apply(new Where(), isOpen, ids, ids));
        assertThat(only(apply(new Gather(0), table(4), shaped))).isEqualTo(new InputKind.Indices(Dim.of(4)));
    }

    @Test
    void theDataOfAGatherIsNoIndex() {
        Value numbers = input("numbers", ElementType.INT64);
        Value first = builder.constant(Origin.of("c"), TensorData.ofLongs(new long[] {0}));
        Value picked = apply(new Gather(0), numbers, first);
        assertThat(only(apply(new Add(), picked, picked))).isEqualTo(new InputKind.Numbers());
    }

    @Test
    void masksAreKnownByUseOrByName() {
        assertThat(only(apply(new Cast(ElementType.FLOAT32), input("keep", ElementType.INT64))))
                .isEqualTo(new InputKind.Mask());
    }

    @Test
    void aRealMaskIsKnownByName() {
        assertThat(only(input("Attention_Mask", ElementType.FLOAT32))).isEqualTo(new InputKind.Mask());
    }

    @Test
    void booleansMaskAndRealsAreReal() {
        Value flags = input("flags", ElementType.BOOL);
        Value x = input("x", ElementType.FLOAT32);
        builder.output("y", apply(new Where(), flags, x, x));
        assertThat(new InputKinds(builder.build()).byName().values())
                .containsExactly(new InputKind.Mask(), new InputKind.Reals());
    }
}
