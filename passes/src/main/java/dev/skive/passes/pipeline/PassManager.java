package dev.skive.passes.pipeline;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.GraphVerifier;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.graph.Rewriter;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Body;
import dev.skive.ir.op.Nested;
import dev.skive.passes.Contract;
import dev.skive.passes.Diagnostic;
import dev.skive.passes.Pass;
import dev.skive.passes.PassContext;
import dev.skive.passes.PassEvents;
import dev.skive.passes.rule.Firing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Runs the passes of a pipeline one after the other, verifies the graph after each, and reports what each did.
///
/// @param pipeline what to run
public record PassManager(Pipeline pipeline) {
    /// The graph after all passes.
    public PipelineResult run(Graph graph, PassContext context) {
        Graph current = GraphVerifier.verify(graph);
        var reports = ImmutableList.<PassReport>builder();
        PassContext given = context;
        for (Pass pass : pipeline.passes()) {
            var recorder = new Recorder(context.events());
            long start = System.nanoTime();
            if (changesAnswers(pass) && given.exactly().isEmpty()) {
                given = given.withExactly(current);
            }
            Graph next = run(pass, current, given.withEvents(recorder));
            reports.add(
                    new PassReport(
                            PassOptions.print(pass),
                            current.nodes().size(),
                            next.nodes().size(),
                            !next.equals(current),
                            System.nanoTime() - start,
                            ImmutableSortedMap.copyOf(recorder.fired),
                            ImmutableList.copyOf(recorder.diagnostics)));
            current = next;
        }
        return new PipelineResult(current, reports.build());
    }

    private static boolean changesAnswers(Pass pass) {
        return pass.contract() instanceof Contract.Approximate;
    }

    private static Graph run(Pass pass, Graph before, PassContext context) {
        Graph after = pass.run(inside(pass, before, context), context);
        if (after.equals(before)) {
            return before;
        }
        checkSignature(pass, before, after);
        try {
            return GraphVerifier.verify(after);
        } catch (AssertionError e) {
            throw new AssertionError("pass '" + pass.name() + "' built an invalid graph: " + e.getMessage(), e);
        }
    }

    /// The graph with the pass run on the graphs inside its nodes; not one that learns from data, which is for the inputs
    /// of the whole graph.
    private static Graph inside(Pass pass, Graph graph, PassContext context) {
        return changesAnswers(pass) || graph.nodes().stream().noneMatch(node -> node.op() instanceof Nested)
                ? graph
                : Rewriter.rewrite(graph, (node, rewriter) -> rewriteBodies(pass, node, rewriter, context));
    }

    private static void rewriteBodies(Pass pass, Node node, Rewriter rewriter, PassContext context) {
        if (!(node.op() instanceof Nested nested)) {
            return;
        }
        ImmutableList<Body> bodies =
                nested.bodies().stream()
                        .map(body -> body.with(run(pass, body.graph(), context)))
                        .collect(ImmutableList.toImmutableList());
        if (bodies.equals(nested.bodies())) {
            return;
        }
        List<Value> operands = node.operands().stream().map(rewriter::map).toList();
        Node changed = rewriter.target().addNode(rewriter.source().origin(node), nested.withBodies(bodies), operands);
        for (int i = 0; i < node.types().size(); i++) {
            rewriter.replace(node.result(i), changed.result(i));
        }
    }

    private static void checkSignature(Pass pass, Graph before, Graph after) {
        boolean sameOutputs =
                before.outputs().keySet().asList().equals(after.outputs().keySet().asList())
                        && before.outputs().entrySet().stream()
                                .allMatch(output ->
                                        GraphVerifier.canReplace(
                                                output.getValue().type(),
                                                after.outputs()
                                                        .getOrDefault(output.getKey(), output.getValue())
                                                        .type()));
        if (!sameOutputs || !before.inputs().equals(after.inputs())) {
            throw new AssertionError(
                    "pass '" + pass.name() + "' changed the inputs or outputs: " + before + " became " + after);
        }
    }

    /// Collects what happens during one pass and passes it on.
    private static final class Recorder implements PassEvents {
        private final PassEvents listener;
        private final Map<String, Integer> fired = new TreeMap<>();
        private final List<Diagnostic> diagnostics = new ArrayList<>();

        private Recorder(PassEvents listener) {
            this.listener = listener;
        }

        @Override
        public void diagnostic(Diagnostic diagnostic) {
            diagnostics.add(diagnostic);
            listener.diagnostic(diagnostic);
        }

        @Override
        public void fired(String rule, Origin origin) {
            fired.merge(rule, 1, Integer::sum);
            listener.fired(rule, origin);
        }

        @Override
        public void rewrote(Firing firing) {
            fired.merge(firing.rule(), 1, Integer::sum);
            listener.rewrote(firing);
        }

        @Override
        public void progress(long done, long total) {
            listener.progress(done, total);
        }
    }
}
