package dev.skive.passes.fuse;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.op.Windowed;
import dev.skive.passes.Contract;
import dev.skive.passes.Exactness;
import dev.skive.passes.Pass;
import dev.skive.passes.PassContext;
import dev.skive.passes.rule.NodeRule;
import dev.skive.passes.rule.RuleDriver;
import dev.skive.passes.rule.text.RuleFiles;

/// Puts factors, summands and padding around convolutions and pools into them; a batch normalization is a factor and a
/// summand per channel.
///
/// **Transforms**: `y = add(mul(conv(x, w), scale), shift)`
/// **Into**: `y = conv(x, w * scale, shift)`
/// **Needs**: nothing.
/// **Contract**: reassociating, since the products are rounded before they are added up.
/// **Source**: Jacob et al., "Quantization and Training of Neural Networks", section 3.2, as every inference engine does it.
/// **Leaves out**: weights that something else uses, factors before a convolution that differ by channel, and padding with
/// anything but what the operator pads with.
public record FuseConvolutions() implements Pass {
    /// Every rule of this pass.
    public static ImmutableList<NodeRule> rules() {
        return ImmutableList.copyOf(RuleFiles.rules("convolution"));
    }

    @Override
    public Contract contract() {
        return Exactness.REASSOCIATING;
    }

    @Override
    public Graph run(Graph graph, PassContext context) {
        if (graph.nodes().stream().noneMatch(node -> node.op() instanceof Windowed)) {
            context.say(this, "there is no convolution or pool");
            return graph;
        }
        return RuleDriver.of(rules(), contract()).run(graph, context);
    }
}
