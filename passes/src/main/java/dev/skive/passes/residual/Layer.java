package dev.skive.passes.residual;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Value;

/// Blocks of a stream that repeat together, such as attention and the MLP after it.
///
/// @param number its place in the stream, from 0
/// @param blocks its blocks in order
public record Layer(int number, ImmutableList<Block> blocks) {
    /// The layers of a stream: the shortest sequence of kinds of blocks that the stream repeats. When it repeats none, a
    /// layer begins with every block that attends, or is a single block in streams where none does.
    public static ImmutableList<Layer> of(ResidualStream stream) {
        ImmutableList<Block> blocks = stream.blocks();
        int period = period(blocks);
        var layers = ImmutableList.<Layer>builder();
        int number = 0;
        int start = 0;
        for (int end = 1; end <= blocks.size(); end++) {
            boolean ends = period < blocks.size() ? end % period == 0 : beginsLayer(blocks, end);
            if (ends || end == blocks.size()) {
                layers.add(new Layer(number++, blocks.subList(start, end)));
                start = end;
            }
        }
        return layers.build();
    }

    private static boolean beginsLayer(ImmutableList<Block> blocks, int place) {
        return place < blocks.size() && (attends(blocks.get(place)) || blocks.stream().noneMatch(Layer::attends));
    }

    private static boolean attends(Block block) {
        return block.kind() == BlockKind.ATTENTION || block.kind() == BlockKind.ATTENTION_AND_MLP;
    }

    private static int period(ImmutableList<Block> blocks) {
        for (int period = 1; period < blocks.size(); period++) {
            if (blocks.size() % period == 0 && repeats(blocks, period)) {
                return period;
            }
        }
        return blocks.size();
    }

    private static boolean repeats(ImmutableList<Block> blocks, int period) {
        for (int i = period; i < blocks.size(); i++) {
            if (!blocks.get(i).kind().equals(blocks.get(i - period).kind())) {
                return false;
            }
        }
        return true;
    }

    /// The value of the stream before the layer.
    public Value input() {
        return blocks.getFirst().skip();
    }

    /// The value of the stream after the layer.
    public Value output() {
        return blocks.getLast().output();
    }
}
