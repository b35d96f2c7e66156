package dev.skive.passes.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.GraphBuilder;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Body;
import dev.skive.ir.op.If;
import dev.skive.ir.op.Mul;
import dev.skive.ir.op.Relu;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.TensorType;
import dev.skive.passes.Contract;
import dev.skive.passes.Exactness;
import dev.skive.passes.Pass;
import dev.skive.passes.PassContext;
import dev.skive.passes.rule.FiredRules;
import dev.skive.passes.rule.Sample;
import org.junit.jupiter.api.Test;

class PassManagerTest {
    /// A defective pass.
    public record RenamesTheOutput() implements Pass {
        @Override
        public Contract contract() {
            return Exactness.EXACT;
        }

        @Override
        public Graph run(Graph graph, PassContext context) {
            GraphBuilder builder = graph.rebuild();
            builder.output("other", graph.inputs().getFirst());
            return builder.build();
        }
    }

    /// Another defective pass.
    public record AddsAnInput() implements Pass {
        @Override
        public Contract contract() {
            return Exactness.EXACT;
        }

        @Override
        public Graph run(Graph graph, PassContext context) {
            GraphBuilder builder = graph.rebuild();
            Value more = builder.input("more", new TensorType(ElementType.FLOAT32, Shape.of(2)));
            graph.outputs().forEach((name, value) -> builder.output(name, more));
            return builder.build();
        }
    }

    private static PipelineResult run(String text, Graph graph, PassContext context) {
        return new PassManager(Pipeline.parse(text, PassRegistry.load())).run(graph, context);
    }

    private static Graph timesOne() {
        var sample = new Sample(1, ElementType.FLOAT32, false);
        Value x = sample.add(new Mul(), sample.input(2), sample.number(1));
        return sample.graph(sample.add(new Relu(), sample.add(new Mul(), x, sample.number(1))));
    }

    /// Passes reach the graphs that nodes run.
    @Test
    void runsPassesInsideNodes() {
        Graph body = timesOne();
        var builder = new GraphBuilder("outer");
        Value condition = builder.input("condition", new TensorType(ElementType.BOOL, Shape.SCALAR));
        var inside = new Body(body, ImmutableList.of(1));
        Value x = builder.input("x", body.inputs().getFirst().tensor());
        var branch = new If(inside, inside, inside.results());
        builder.output("y", builder.add(Origin.of("branch"), branch, condition, x));

        Graph after = run("simplify", builder.build(), new FiredRules().context()).graph();

        If simplified = (If) after.nodes().getLast().op();
        assertThat(simplified.yes().graph().nodes()).noneMatch(node -> node.op() instanceof Mul);
        assertThat(simplified.no()).isEqualTo(simplified.yes());
    }

    @Test
    void reportsWhatEachPassDid() {
        var events = new FiredRules();

        PipelineResult result = run("simplify", timesOne(), events.context());

        assertThat(result.graph().nodes()).hasSize(2);
        PassReport folding = result.reports().getFirst();
        assertThat(folding.changed()).isFalse();
        assertThat(folding.diagnostics()).hasSize(1);
        PassReport algebra = result.reports().getLast();
        assertThat(algebra.pass()).isEqualTo("simplify-algebra{inexact=false}");
        assertThat(algebra.changed()).isTrue();
        assertThat(algebra.nodesBefore()).isEqualTo(5);
        assertThat(algebra.nodesAfter()).isEqualTo(2);
        assertThat(algebra.fired()).containsExactly(java.util.Map.entry("drop-multiply-by-one", 2));
        assertThat(algebra.nanos()).isPositive();
        assertThat(events.names()).containsExactly("drop-multiply-by-one", "drop-multiply-by-one");
    }

    @Test
    void keepsTheGraphItselfWhenNothingChanges() {
        Graph graph = run("simplify", timesOne(), PassContext.quiet()).graph();

        assertThat(run("simplify,fuse", graph, PassContext.quiet()).graph()).isSameAs(graph);
    }

    @Test
    void saysWhyAPassDoesNotApply() {
        var events = new FiredRules();

        run("fuse", timesOne(), events.context());

        assertThat(events.said())
                .contains(
                        "fuse-activations: there is no erf or tanh node",
                        "fuse-attention: there is no softmax node",
                        "merge-linears: no two linear layers with constant weights read the same value");
    }

    @Test
    void catchesDefectivePasses() {
        assertThatThrownBy(() -> run(new RenamesTheOutput()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("pass 'renames-the-output' changed the inputs or outputs");
        assertThatThrownBy(() -> run(new AddsAnInput()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("pass 'adds-an-input'");
    }

    private static PipelineResult run(Pass pass) {
        return new PassManager(new Pipeline(ImmutableList.of(pass))).run(timesOne(), PassContext.quiet());
    }
}
