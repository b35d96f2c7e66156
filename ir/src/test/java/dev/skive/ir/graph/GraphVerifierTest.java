package dev.skive.ir.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.skive.ir.op.Neg;
import dev.skive.ir.type.AbsentType;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.SequenceType;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.TensorType;
import dev.skive.ir.type.Type;
import org.junit.jupiter.api.Test;

final class GraphVerifierTest {
    private static final TensorType ROW = new TensorType(ElementType.FLOAT32, Shape.of(4));

    @Test
    void aForeignInputIsFound() {
        Value foreign = new GraphBuilder("other").input("y", ROW);
        var builder = new GraphBuilder("g");
        builder.input("x", ROW);
        builder.adopt(foreign.node(), Origin.of("y"));
        builder.output("z", builder.add(Origin.of("neg"), new Neg(), foreign));
        Graph graph = builder.build();
        assertThatThrownBy(() -> GraphVerifier.verify(graph))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("node 1 (input) is an input the graph does not declare");
    }

    @Test
    void aNodeWithoutOriginIsFound() {
        var builder = new GraphBuilder("g");
        Value x = builder.input("x", ROW);
        var nowhere = new Origin(ImmutableSet.of(), ImmutableList.of(), "");
        builder.output("z", builder.add(nowhere, new Neg(), x));
        Graph graph = builder.build();
        assertThatThrownBy(() -> GraphVerifier.verify(graph))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("node 1 (neg) has no origin");
    }

    @Test
    void anUnknownOriginStopsTheGraphFromExisting() {
        Value x = new GraphBuilder("g").input("x", ROW);
        assertThatThrownBy(() -> new Graph("g", ImmutableList.of(x), ImmutableMap.of("y", x), ImmutableMap.of()))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("node without origin");
    }

    @Test
    void aResultThatDoesNotExistIsFound() {
        var builder = new GraphBuilder("g");
        Value x = builder.input("x", ROW);
        builder.output("y", new Value(x.node(), 1));
        Graph graph = builder.build();
        assertThatThrownBy(() -> GraphVerifier.verify(graph))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("node 0 (input) has no result 1");
    }

    @Test
    void replacementsMayRefineSizesButNotContradictThem() {
        Type open = tensor(Dim.symbol("n"));
        assertThat(GraphVerifier.canReplace(open, tensor(Dim.of(3)))).isTrue();
        assertThat(GraphVerifier.canReplace(tensor(Dim.of(3)), tensor(Dim.of(4)))).isFalse();
        assertThat(GraphVerifier.canReplace(open, tensor(Dim.symbol("n").plus(1)))).isFalse();
        assertThat(GraphVerifier.canReplace(open, tensor(Dim.ONE, Dim.ONE))).isFalse();
        assertThat(GraphVerifier.canReplace(open, new TensorType(ElementType.INT8, Shape.of(Dim.symbol("n")))))
                .isFalse();
        assertThat(GraphVerifier.canReplace(new SequenceType(open), new SequenceType(open))).isTrue();
        assertThat(GraphVerifier.canReplace(new SequenceType(open), new AbsentType())).isFalse();
    }

    private static TensorType tensor(Dim... dims) {
        return new TensorType(ElementType.FLOAT32, Shape.of(dims));
    }
}
