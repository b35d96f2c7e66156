package dev.skive.ir.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.op.Add;
import dev.skive.ir.op.MatMul;
import dev.skive.ir.op.Mul;
import dev.skive.ir.op.Neg;
import dev.skive.ir.op.Op;
import dev.skive.ir.op.Relu;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.TensorType;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

final class GraphTest {
    private static final TensorType ROW = new TensorType(ElementType.FLOAT32, Shape.of(Dim.symbol("n"), Dim.of(4)));
    private static final int DEPTH = 100_000;

    @Provide
    Arbitrary<Long> seeds() {
        return RandomGraphs.seeds();
    }

    @Property
    void theSameStepsGiveAnEqualGraph(@ForAll("seeds") long seed) {
        Graph one = RandomGraphs.graph(seed);
        Graph again = RandomGraphs.graph(seed);
        assertThat(again).isEqualTo(one).hasSameHashCodeAs(one).isNotSameAs(one);
        GraphVerifier.verify(one);
    }

    @Property
    void nodesStandInOrderWithAllTheirUsers(@ForAll("seeds") long seed) {
        Graph graph = RandomGraphs.graph(seed);
        for (Node node : graph.nodes()) {
            assertThat(graph.nodes().get(graph.position(node))).isSameAs(node);
            for (Value operand : node.operands()) {
                assertThat(graph.position(operand.node())).isLessThan(graph.position(node));
                assertThat(graph.users(operand)).contains(node);
            }
            boolean needed = graph.useCount(node.result()) > 0 || graph.inputs().contains(node.result());
            assertThat(needed).isTrue();
        }
    }

    @Test
    void equalApplicationsAreOneNodeWithBothOrigins() {
        var builder = new GraphBuilder("g");
        Value x = builder.input("x", ROW);
        Value one = builder.add(Origin.of("first"), new Neg(), x);
        Value two = builder.add(Origin.of("second"), new Neg(), x);
        Value weight = builder.constant(Origin.of("w"), TensorData.ofFloats(new float[4], 4));
        Value sameWeight = builder.constant(Origin.of("w2"), TensorData.ofFloats(new float[4], 4));
        builder.output("y", builder.add(Origin.of("sum"), new Add(), one, two));
        builder.output("w", weight);
        Graph graph = builder.build();
        assertThat(two).isEqualTo(one);
        assertThat(sameWeight).isEqualTo(weight);
        assertThat(graph.origin(one.node()).sources()).containsExactly("first", "second");
        assertThat(graph.users(one)).hasSize(2);
        assertThat(graph.useCount(one)).isEqualTo(2);
        assertThat(graph.useCount(weight)).isEqualTo(1);
    }

    @Test
    void whatNoOutputNeedsIsGoneButInputsStay() {
        var builder = new GraphBuilder("g");
        Value x = builder.input("x", ROW);
        Value unused = builder.input("unused", ROW);
        Value dead = builder.add(Origin.of("dead"), new Relu(), x);
        builder.output("y", builder.add(Origin.of("neg"), new Neg(), x));
        Graph graph = builder.build();
        assertThat(graph.contains(dead.node())).isFalse();
        assertThat(graph.inputs()).containsExactly(x, unused);
        assertThat(graph.nodes()).hasSize(3);
        assertThat(graph.input("unused")).contains(unused);
        assertThat(graph.input("y")).isEmpty();
        assertThatThrownBy(() -> graph.origin(dead.node())).isInstanceOf(AssertionError.class);
    }

    @Test
    void theOrderOfBuildingDoesNotMatter() {
        assertThat(twoProducts(true)).isEqualTo(twoProducts(false)).hasSameHashCodeAs(twoProducts(false));
    }

    private static Graph twoProducts(boolean leftFirst) {
        var builder = new GraphBuilder("g");
        Value x = builder.input("x", ROW);
        Value y = builder.input("y", ROW);
        if (leftFirst) {
            builder.add(Origin.of("left"), new Mul(), x, x);
        }
        Value right = builder.add(Origin.of("right"), new Mul(), y, y);
        Value left = builder.add(Origin.of("other name"), new Mul(), x, x);
        builder.output("z", builder.add(Origin.of("sub"), new Add(), left, right));
        return builder.build();
    }

    @Test
    void whatIsComputedDecidesEquality() {
        Graph graph = applied(new Add(), "x", "y", 0, 1);
        assertThat(graph).isEqualTo(applied(new Add(), "x", "y", 0, 1));
        assertThat(graph).isNotEqualTo(applied(new Add(), "x", "y", 1, 0));
        assertThat(graph).isNotEqualTo(applied(new Add(), "y", "x", 0, 1));
        assertThat(graph).isNotEqualTo(applied(new Mul(), "x", "y", 0, 1));
        assertThat(graph).isNotEqualTo(applied(new Add(), "x", "y", 0, 0));
        assertThat(graph).isNotEqualTo("graph");
    }

    private static Graph applied(Op op, String first, String second, int left, int right) {
        var builder = new GraphBuilder("g");
        Value[] inputs = {builder.input(first, ROW), builder.input(second, ROW)};
        builder.output("z", builder.add(Origin.of("op"), op, inputs[left], inputs[right]));
        return builder.build();
    }

    @Test
    void outputsAreTellApartByNameAndOrder() {
        assertThat(outputs("a", "b")).isEqualTo(outputs("a", "b"));
        assertThat(outputs("a", "b")).isNotEqualTo(outputs("b", "a"));
        assertThat(outputs("a", "b")).isNotEqualTo(outputs("a", "c"));
    }

    private static Graph outputs(String first, String second) {
        var builder = new GraphBuilder("g");
        Value x = builder.input("x", ROW);
        Value y = builder.add(Origin.of("neg"), new Neg(), x);
        builder.output(first, y);
        builder.output(second, x);
        return builder.build();
    }

    @Test
    void deepGraphsNeedNoDeepStack() {
        var builder = new GraphBuilder("deep");
        Value x = builder.input("x", ROW);
        Value last = x;
        for (int i = 0; i < DEPTH; i++) {
            last = builder.add(Origin.of("n" + i), new Add(), last, x);
        }
        builder.output("y", last);
        Graph graph = GraphVerifier.verify(builder.build());
        assertThat(graph.nodes()).hasSize(DEPTH + 1);
        assertThat(graph).isEqualTo(Rewriter.rewrite(graph, (node, rewriter) -> {}));
        assertThat(graph.hashCode()).isEqualTo(graph.hashCode());
    }

    @Test
    void mistakesNameTheNodeAndTheReason() {
        var builder = new GraphBuilder("g");
        Value x = builder.input("x", ROW);
        Value weight = builder.constant(Origin.of("w"), TensorData.ofFloats(new float[15], 5, 3));
        assertThatThrownBy(() -> builder.add(Origin.of("/layer/MatMul"), new MatMul(), x, weight))
                .isInstanceOfSatisfying(
                        SkiveException.class, error -> assertThat(error.code()).isEqualTo(ExitCode.INVALID_MODEL))
                .hasMessage("node '/layer/MatMul': mat-mul: inner sizes differ: 4 of [n,4] and 5 of [5,3]");
        assertThatThrownBy(() -> builder.input("x", ROW)).hasMessage("two inputs are named 'x'");
        assertThatThrownBy(builder::build).hasMessage("graph 'g' has no output");
        builder.output("y", x);
        assertThatThrownBy(() -> builder.output("y", x)).hasMessage("two outputs are named 'y'");
    }

    @Test
    void sizesThatOverflowAreATypeError() {
        var builder = new GraphBuilder("g");
        Value x = builder.input("x", new TensorType(ElementType.FLOAT32, Shape.of(1L << 40, 1L << 40)));
        assertThatThrownBy(() -> builder.add(Origin.of("r"), new dev.skive.ir.op.Reshape(x.shape().dims()), x))
                .isInstanceOf(SkiveException.class)
                .hasMessage("node 'r': reshape: sizes overflow 64 bits");
    }
}
