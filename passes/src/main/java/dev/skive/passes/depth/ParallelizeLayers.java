package dev.skive.passes.depth;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.graph.Rewriter;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Add;
import dev.skive.passes.Contract;
import dev.skive.passes.Fact;
import dev.skive.passes.Pass;
import dev.skive.passes.PassContext;
import dev.skive.passes.norm.FoldNormAffine;
import dev.skive.passes.residual.Block;
import dev.skive.passes.residual.Layer;
import dev.skive.passes.residual.ResidualStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Lets groups of consecutive layers read the same input, so that each group becomes one wide layer: first all attention of
/// the group, then all its MLPs, on the sum of what the attention gave.
///
/// **Transforms**: `h = x + a1(x); y = h + m1(h); h' = y + a2(y); z = h' + m2(h')`
/// **Into**: `h = x + a1(x) + a2(x); z = h + m1(h) + m2(h)`, the products of `a1` and `a2` in one, and those of `m1` and `m2`
/// **Needs**: norms-fused, linears-fused, attention-fused.
/// **Contract**: approximate; the metric that is checked is the user's. With `group=1` nothing changes.
/// **Source**: Bermeitinger et al., "Make Deep Networks Shallow Again", the first terms of the expansion of a residual
/// network; in the two phases of "Leveraging the True Depth of LLMs" (layer parallelism).
/// **Leaves out**: the training of networks for it. Scales of norms are folded into weights first, not averaged. What lies
/// between products and cannot be widened, such as rotary embeddings, is computed once per layer.
///
/// @param group how many layers become one
/// @param from the first layer of the first group
/// @param count how many layers are grouped, from there on; -1 for all
public record ParallelizeLayers(int group, int from, int count) implements Pass {
    /// Checks the options.
    public ParallelizeLayers {
        if (group < 1 || from < 0) {
            throw new IllegalArgumentException(
                    "group must be 1 or more and from 0 or more, found %d and %d".formatted(group, from));
        }
    }

    /// Makes one layer of every two.
    public ParallelizeLayers() {
        this(2, 0, -1);
    }

    @Override
    public Contract contract() {
        return Contract.Approximate.BY_USER;
    }

    @Override
    public ImmutableSet<Fact> requires() {
        return SublayerDrop.REQUIRED;
    }

    @Override
    public Graph run(Graph graph, PassContext context) {
        if (group == 1 || ResidualStream.longest(graph).isEmpty()) {
            context.say(this, group == 1 ? "groups of one layer change nothing" : "there is no residual stream");
            return graph;
        }
        Graph folded = new FoldNormAffine().run(graph, PassContext.quiet());
        List<List<Layer>> groups = groups(folded);
        if (groups.isEmpty()) {
            context.say(this, "there are no two layers to group from layer %d on".formatted(from));
            return graph;
        }
        Map<Node, List<Layer>> ends = new HashMap<>();
        groups.forEach(layers -> ends.put(layers.getLast().output().node(), layers));
        context.say(this, "made %d wide layers of groups of up to %d".formatted(groups.size(), group));
        return Rewriter.rewrite(
                folded,
                (node, rewriter) -> {
                    List<Layer> layers = ends.get(node);
                    if (layers != null) {
                        rewriter.replace(layers.getLast().output(), wide(layers, rewriter));
                    }
                });
    }

    private List<List<Layer>> groups(Graph graph) {
        ImmutableList<Layer> layers = ResidualStream.longest(graph).map(Layer::of).orElse(ImmutableList.of());
        int end = count < 0 ? layers.size() : Math.min(layers.size(), from + count);
        List<List<Layer>> groups = new ArrayList<>();
        for (int start = from; start + 1 < end; start += group) {
            List<Layer> members = layers.subList(start, Math.min(end, start + group));
            if (members.size() > 1 && members.getLast().output().type().equals(members.getFirst().input().type())) {
                groups.add(members);
            }
        }
        return groups;
    }

    /// The value of the stream after a group.
    private Value wide(List<Layer> layers, Rewriter rewriter) {
        Value before = rewriter.map(layers.getFirst().input());
        Value stream = before;
        for (int place = 0; place < layers.getFirst().blocks().size(); place++) {
            int number = place;
            List<Block> blocks = layers.stream().map(layer -> layer.blocks().get(number)).toList();
            Block last = blocks.getLast();
            Origin origin =
                    blocks.stream()
                            .map(block -> rewriter.source().origin(block.sum()))
                            .reduce(Origin::merge)
                            .orElseThrow(AssertionError::new)
                            .touchedBy(name());
            Value read = last.reads().equals(last.skip()) ? stream : before;
            before = stream;
            Value sum = rewriter.target().add(origin, new Add(), stream, increment(blocks, read, rewriter, origin));
            stream = after(last, sum, rewriter);
        }
        return stream;
    }

    private static Value increment(List<Block> blocks, Value read, Rewriter rewriter, Origin origin) {
        if (WideBlock.isPossible(blocks)) {
            return new WideBlock(blocks, read, rewriter, origin).increment();
        }
        return blocks.stream()
                .map(block -> new WideBlock(List.of(block), read, rewriter, origin).increment())
                .reduce((a, b) -> rewriter.target().add(origin, new Add(), a, b))
                .orElseThrow(AssertionError::new);
    }

    /// What the sum goes through, as after the last block of the group.
    private static Value after(Block last, Value sum, Rewriter rewriter) {
        Value stream = sum;
        Value old = last.sum().result();
        for (Node node : last.after()) {
            Value replaced = old;
            Value current = stream;
            Value[] operands =
                    node.operands().stream()
                            .map(operand -> operand.equals(replaced) ? current : rewriter.map(operand))
                            .toArray(Value[]::new);
            stream = rewriter.target().add(rewriter.source().origin(node), node.op(), operands);
            old = node.result();
        }
        return stream;
    }
}
