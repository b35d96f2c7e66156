package dev.skive.passes.residual;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Value;

/// One block of a residual stream: `skip + increment`, the increment computed from `reads`.
///
/// @param number its place in the stream, from 0
/// @param reads the value of the stream that the body starts from
/// @param skip what the increment is added to; `reads`, but for the second of two blocks side by side
/// @param increment what the body gives
/// @param sum the addition
/// @param body the nodes between `reads` and `increment`, in order
/// @param after the nodes that the sum goes through before the next block, such as the norm of post-norm networks
/// @param kind what it computes
/// @param norm where it is normalized
/// @param weights the weights of the block and what each is for; a bias is for what its product is for
/// @param layer the whole block, from `reads` to [#output()], as a template and what fills it
public record Block(
        int number,
        Value reads,
        Value skip,
        Value increment,
        Node sum,
        ImmutableSet<Node> body,
        ImmutableList<Node> after,
        BlockKind kind,
        NormPlacement norm,
        ImmutableMap<Value, Role> weights,
        LayerTemplate.Filled layer) {
    /// Every node of the block: its body, the addition, and what comes after, in order.
    public ImmutableSet<Node> nodes() {
        return ImmutableSet.<Node>builder().addAll(body).add(sum).addAll(after).build();
    }

    /// The value of the stream after the block.
    public Value output() {
        return after.isEmpty() ? sum.result() : after.getLast().result();
    }
}
