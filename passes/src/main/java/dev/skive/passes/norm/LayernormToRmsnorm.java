package dev.skive.passes.norm;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.op.LayerNorm;
import dev.skive.passes.Contract;
import dev.skive.passes.Exactness;
import dev.skive.passes.Fact;
import dev.skive.passes.Pass;
import dev.skive.passes.PassContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Replaces layer norms by RMS norms in networks that are normalized before each layer. What layers add to the main branch
/// loses its mean over the channels at compile time, in the weights; layer norms then have no mean left to subtract.
///
/// **Transforms**: `h = add(x, linear(f, w, b)); y = layer-norm(h, scale, shift)`
/// **Into**: `h' = add(x', linear(f, w', b')); y = add(rms-norm(h', scale), shift)`, `w'` and `b'` without their mean over
/// the output channels
/// **Needs**: norms-fused, linears-fused.
/// **Contract**: reassociating: equal in exact arithmetic.
/// **Source**: Jiang et al., "Pre-RMSNorm and Pre-CRMSNorm Transformers: Equivalent and Efficient Pre-LN Transformers".
/// **Leaves out**: norms over several axes, and branches whose mean would have to be subtracted or added again as often as
/// there are norms, so every network that is normalized after each layer. It is subtracted where a value comes from something
/// else than a product, a convolution or a table, and added where something else than a layer norm reads the branch.
public record LayernormToRmsnorm() implements Pass {
    @Override
    public Contract contract() {
        return Exactness.REASSOCIATING;
    }

    @Override
    public ImmutableSet<Fact> requires() {
        return ImmutableSet.of(Fact.NORMS_FUSED, Fact.LINEARS_FUSED);
    }

    @Override
    public Graph run(Graph graph, PassContext context) {
        Graph current = graph;
        Optional<MainBranch> next = centrable(current);
        while (next.isPresent()) {
            current = new CentredBranch(next.get(), name(), context).rewrite(current);
            next = centrable(current);
        }
        ImmutableList<MainBranch> left = branches(current);
        for (MainBranch branch : left) {
            explain(current, branch, context);
        }
        if (left.isEmpty() && current.equals(graph)) {
            context.say(this, "the model has no layer norm over the last axis");
        }
        return current;
    }

    private static Optional<MainBranch> centrable(Graph graph) {
        return branches(graph).stream().filter(MainBranch::isCentrable).findFirst();
    }

    private static ImmutableList<MainBranch> branches(Graph graph) {
        List<MainBranch> branches = new ArrayList<>();
        Set<Node> seen = new HashSet<>();
        for (Node node : graph.nodes()) {
            boolean overLast = node.op() instanceof LayerNorm norm && norm.axis() == node.result().shape().rank() - 1;
            if (overLast && seen.add(node)) {
                MainBranch branch = MainBranch.of(graph, node);
                seen.addAll(branch.norms());
                branches.add(branch);
            }
        }
        return ImmutableList.copyOf(branches);
    }

    private static String examples(Graph graph, MainBranch branch) {
        String after = branch.hard().stream().findFirst().map(node -> ", after " + graph.origin(node)).orElse("");
        String before = branch.readers().stream().findFirst().map(node -> ", before " + graph.origin(node)).orElse("");
        return after + before;
    }

    private void explain(Graph graph, MainBranch branch, PassContext context) {
        ImmutableList<Origin> norms =
                branch.norms().stream().map(graph::origin).collect(ImmutableList.toImmutableList());
        String why =
                branch.refusal().isEmpty()
                        ? "the mean over the channels would have to be subtracted after %d and added again before %d operators%s"
                                .formatted(branch.hard().size(), branch.readers().size(), examples(graph, branch))
                        : branch.refusal();
        context.say(this, "a branch read by %d layer norms stays: %s".formatted(norms.size(), why), norms);
    }
}
