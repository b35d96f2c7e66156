package dev.skive.passes.depth;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Value;
import dev.skive.passes.residual.Block;
import dev.skive.passes.residual.ResidualStream;
import java.util.List;

/// A place where blocks of a stream were taken out.
///
/// @param now the value of the stream there
/// @param before the value that the stream had there in the network before
record Cut(Value now, Value before) {
    /// The places where blocks are missing that the network before had, in order. Blocks are recognized by the nodes of the
    /// model file that they end at.
    static ImmutableList<Cut> between(Graph before, Graph now) {
        List<Block> old = blocks(before);
        List<Block> kept = blocks(now);
        if (old.isEmpty() || kept.isEmpty()) {
            return ImmutableList.of();
        }
        var cuts = ImmutableList.<Cut>builder();
        int next = 0;
        Value value = kept.getFirst().skip();
        for (Block block : kept) {
            int place = place(block, now, old, before, next);
            if (place > next) {
                cuts.add(new Cut(value, old.get(place).skip()));
            }
            next = lastPlace(block, now, old, before) + 1;
            value = block.output();
        }
        if (next < old.size()) {
            cuts.add(new Cut(value, old.getLast().output()));
        }
        return cuts.build().stream()
                .filter(cut -> cut.now().type().equals(cut.before().type()) && cut.isSequence())
                .collect(ImmutableList.toImmutableList());
    }

    /// True when channels lie along the last axis, as they do but for pictures.
    private boolean isSequence() {
        return now.shape().rank() <= 3 && now.shape().last().isKnown();
    }

    private static List<Block> blocks(Graph graph) {
        return ResidualStream.longest(graph).map(ResidualStream::blocks).orElse(ImmutableList.of());
    }

    /// The first of the old blocks that a block stands for; `next` when it stands for none.
    private static int place(Block block, Graph now, List<Block> old, Graph before, int next) {
        for (int i = next; i < old.size(); i++) {
            if (standsFor(block, now, old.get(i), before)) {
                return i;
            }
        }
        return next;
    }

    /// The last of the old blocks that a block stands for.
    private static int lastPlace(Block block, Graph now, List<Block> old, Graph before) {
        for (int i = old.size() - 1; i >= 0; i--) {
            if (standsFor(block, now, old.get(i), before)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean standsFor(Block block, Graph now, Block old, Graph before) {
        ImmutableSet<String> mine = now.origin(block.sum()).sources();
        return mine.containsAll(before.origin(old.sum()).sources());
    }
}
