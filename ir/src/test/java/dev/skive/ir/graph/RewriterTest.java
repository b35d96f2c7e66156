package dev.skive.ir.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skive.ir.eval.Interpreter;
import dev.skive.ir.eval.Precision;
import dev.skive.ir.op.Add;
import dev.skive.ir.op.Cast;
import dev.skive.ir.op.Neg;
import dev.skive.ir.op.Op;
import dev.skive.ir.op.Relu;
import dev.skive.ir.op.Sub;
import dev.skive.ir.op.Tanh;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.TensorType;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

final class RewriterTest {
    private static final TensorType ROW = new TensorType(ElementType.FLOAT32, Shape.of(4));

    @Provide
    Arbitrary<Long> seeds() {
        return RandomGraphs.seeds();
    }

    @Property
    void doingNothingReturnsTheSameGraph(@ForAll("seeds") long seed) {
        Graph graph = RandomGraphs.graph(seed);
        assertThat(Rewriter.rewrite(graph, (node, rewriter) -> {})).isSameAs(graph);
    }

    /// `tanh(x)` becomes `0 + tanh(x)` spelled as `tanh(x) - (tanh(x) - tanh(x))`, which computes the same bits.
    @Property(tries = 200)
    void rewritingKeepsWhatIsComputed(@ForAll("seeds") long seed) {
        Graph graph = RandomGraphs.graph(seed);
        Graph rewritten =
                Rewriter.rewrite(
                        graph,
                        (node, rewriter) -> {
                            if (node.op() instanceof Tanh) {
                                Origin origin = graph.origin(node).touchedBy("pad");
                                Value same = rewriter.target().add(origin, node.op(), rewriter.map(node.operand(0)));
                                Value zero = rewriter.target().add(origin, new Sub(), same, same);
                                rewriter.replace(node.result(), rewriter.target().add(origin, new Sub(), same, zero));
                            }
                        });
        GraphVerifier.verify(rewritten);
        var interpreter = new Interpreter(Precision.DECLARED);
        var inputs = RandomGraphs.inputs(graph, 3, seed);
        assertThat(interpreter.run(rewritten, inputs)).isEqualTo(interpreter.run(graph, inputs));
    }

    @Test
    void replacedNodesDisappearAndOthersAreShared() {
        Graph graph = chain(new Relu(), new Neg());
        Graph result =
                Rewriter.rewrite(
                        graph,
                        (node, rewriter) -> {
                            if (node.op() instanceof Relu) {
                                rewriter.replace(node.result(), rewriter.map(node.operand(0)));
                            }
                        });
        assertThat(result).isEqualTo(chain(new Neg()));
        assertThat(result.inputs()).isEqualTo(graph.inputs());
        assertThat(graph).isEqualTo(chain(new Relu(), new Neg()));
    }

    @Test
    void nodesBelowAChangeKeepTheirOrigin() {
        Graph graph = chain(new Relu(), new Neg());
        Graph result =
                Rewriter.rewrite(
                        graph,
                        (node, rewriter) -> {
                            if (node.op() instanceof Relu) {
                                Origin origin = graph.origin(node).touchedBy("rule");
                                rewriter.replace(
                                        node.result(),
                                        rewriter.target().add(origin, new Tanh(), rewriter.map(node.operand(0))));
                            }
                        });
        assertThat(result.origin(result.nodes().get(1))).hasToString("node 'n0'");
        assertThat(result.origin(result.nodes().get(1)).rules()).containsExactly("rule");
        assertThat(result.origin(result.nodes().get(2)).sources()).containsExactly("n1");
    }

    private static Graph chain(Op... ops) {
        var builder = new GraphBuilder("chain");
        Value last = builder.input("x", ROW);
        for (int i = 0; i < ops.length; i++) {
            last = builder.add(Origin.of("n" + i), ops[i], last);
        }
        builder.output("y", last);
        return builder.build();
    }

    @Test
    void aReplacementOfAnotherTypeIsADefect() {
        Graph graph = chain(new Relu());
        assertThatThrownBy(() ->
                        Rewriter.rewrite(
                                graph,
                                (node, rewriter) ->
                                        rewriter.replace(
                                                node.result(),
                                                rewriter.target()
                                                        .add(
                                                                Origin.of("c"),
                                                                new Cast(ElementType.INT32),
                                                                node.operand(0)))))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("the types differ");
    }

    @Test
    void valuesAreMappedInOrder() {
        Graph graph = chain(new Relu(), new Neg());
        Value last = graph.outputs().values().asList().getFirst();
        assertThatThrownBy(() -> Rewriter.rewrite(graph, (node, rewriter) -> rewriter.map(last)))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("not visited yet");
    }

    @Test
    void sharedOperandsStayShared() {
        var builder = new GraphBuilder("g");
        Value x = builder.input("x", ROW);
        Value shared = builder.add(Origin.of("r"), new Relu(), x);
        builder.output("y", builder.add(Origin.of("a"), new Add(), shared, shared));
        Graph result =
                Rewriter.rewrite(
                        builder.build(),
                        (node, rewriter) -> {
                            if (node.op() instanceof Relu) {
                                rewriter.replace(node.result(), rewriter.target().add(Origin.of("t"), new Tanh(), x));
                            }
                        });
        assertThat(result.nodes()).hasSize(3);
    }
}
