package dev.skive.passes.depth;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Value;
import dev.skive.passes.Fact;
import dev.skive.passes.Pass;
import dev.skive.passes.PassContext;
import dev.skive.passes.calibration.Similarity;
import dev.skive.passes.residual.Block;
import dev.skive.passes.residual.BlockKind;
import dev.skive.passes.residual.ResidualStream;
import java.util.Comparator;
import java.util.stream.Collectors;

/// Drops the blocks of some kinds that change the stream least, with their norms: by the mean cosine of the stream before
/// the block and after its addition, measured once on the whole network.
///
/// @param pass on whose behalf
/// @param kinds the kinds of blocks that may go
/// @param count how many go
/// @param tokens the positions that are compared
record SublayerDrop(Pass pass, ImmutableSet<BlockKind> kinds, int count, Tokens tokens) {
    /// What must have been established.
    static final ImmutableSet<Fact> REQUIRED =
            ImmutableSet.of(Fact.NORMS_FUSED, Fact.LINEARS_FUSED, Fact.ATTENTION_FUSED);

    Graph run(Graph graph, PassContext context) {
        ImmutableList<Block> candidates =
                ResidualStream.longest(graph).map(ResidualStream::blocks).orElse(ImmutableList.of()).stream()
                        .filter(block -> kinds.contains(block.kind()))
                        .filter(block -> block.output().type().equals(block.skip().type()))
                        .collect(ImmutableList.toImmutableList());
        if (count == 0 || candidates.isEmpty()) {
            context.say(pass, count == 0 ? "no block to drop" : "the longest residual stream has no such block");
            return graph;
        }
        DepthChecks.requireAtMost(pass, count, candidates.size(), "blocks");
        double[] similarities = similarities(graph, candidates, context);
        ImmutableList<Integer> order =
                java.util.stream.IntStream.range(0, candidates.size())
                        .boxed()
                        .sorted(Comparator.comparingDouble(i -> -similarities[i]))
                        .limit(count)
                        .sorted()
                        .collect(ImmutableList.toImmutableList());
        String names =
                order.stream()
                        .map(i -> "%d (%.4f)".formatted(candidates.get(i).number(), similarities[i]))
                        .collect(Collectors.joining(", "));
        context.say(pass, "drops blocks %s: cosine of the stream before and after".formatted(names));
        var ways = ImmutableMap.<Value, Value>builder();
        order.forEach(i -> ways.put(candidates.get(i).output(), candidates.get(i).skip()));
        return Shortcut.take(graph, ways.buildOrThrow());
    }

    private double[] similarities(Graph graph, ImmutableList<Block> blocks, PassContext context) {
        var values = ImmutableList.<Value>builder();
        blocks.forEach(block -> values.add(block.skip(), block.sum().result()));
        var sums = new double[blocks.size()];
        var samples = new int[1];
        context.activations()
                .visit(
                        graph,
                        values.build(),
                        sample -> {
                            samples[0]++;
                            for (int i = 0; i < sums.length; i++) {
                                sums[i] += similarity(sample.get(2 * i), sample.get(2 * i + 1));
                            }
                        });
        for (int i = 0; i < sums.length; i++) {
            sums[i] /= samples[0];
        }
        return sums;
    }

    private double similarity(Tensor before, Tensor after) {
        int width = before.size(before.rank() - 1);
        int batch = before.size(0);
        int rows = before.reals().length / Math.max(1, width) / Math.max(1, batch);
        double sum = 0;
        for (int one = 0; one < batch; one++) {
            for (int row = tokens.from(rows); row < tokens.to(rows); row++) {
                sum += Similarity.cosine(before.reals(), after.reals(), (one * rows + row) * width, width);
            }
        }
        return sum / batch / (tokens.to(rows) - tokens.from(rows));
    }
}
