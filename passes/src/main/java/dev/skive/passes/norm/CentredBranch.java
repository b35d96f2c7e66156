package dev.skive.passes.norm;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.graph.Rewriter;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Add;
import dev.skive.ir.op.Conv;
import dev.skive.ir.op.LayerNorm;
import dev.skive.ir.op.ReduceMean;
import dev.skive.ir.op.RmsNorm;
import dev.skive.ir.op.Sub;
import dev.skive.passes.PassContext;
import dev.skive.passes.weight.HeldWeight;
import dev.skive.passes.weight.Weight;
import java.util.ArrayList;
import java.util.List;

/// Takes the mean over the channels away from a main branch.
///
/// @param branch the branch
/// @param pass named in origins
/// @param context hears what was rewritten
record CentredBranch(MainBranch branch, String pass, PassContext context) {
    Graph rewrite(Graph graph) {
        var means = new BranchMeans(branch, pass);
        return Rewriter.rewrite(graph, (node, rewriter) -> rewrite(node, rewriter, means));
    }

    private void rewrite(Node node, Rewriter rewriter, BranchMeans means) {
        Origin origin = rewriter.source().origin(node).touchedBy(pass);
        if (branch.norms().contains(node)) {
            rewriter.replace(node.result(), rmsNorm(node, rewriter, origin));
            context.events().fired(pass, origin);
        } else if (branch.hard().contains(node)) {
            subtractMeans(node, rewriter, means);
        } else if (branch.readers().contains(node)) {
            addMeans(node, rewriter, means);
        } else if (branch.sources().contains(node)) {
            rewriter.replace(node.result(), source(node, rewriter, origin));
        } else if (node.types().size() == 1 && branch.axes().containsKey(node.result())) {
            carry(node, rewriter, origin);
        }
    }

    private static Value rmsNorm(Node node, Rewriter rewriter, Origin origin) {
        var norm = (LayerNorm) node.op();
        Value scaled =
                rewriter.target()
                        .add(
                                origin,
                                new RmsNorm(norm.axis(), norm.epsilon()),
                                rewriter.map(node.operand(0)),
                                rewriter.map(node.operand(1)));
        boolean shifted = node.operands().size() > 2 && !node.operand(2).isAbsent();
        return shifted ? rewriter.target().add(origin, new Add(), scaled, rewriter.map(node.operand(2))) : scaled;
    }

    /// Each result on the branch less its mean.
    private void subtractMeans(Node node, Rewriter rewriter, BranchMeans means) {
        Origin origin = rewriter.source().origin(node).touchedBy(pass);
        Node kept = rewriter.target().addNode(origin, node.op(), operands(node, rewriter, means));
        for (int i = 0; i < node.types().size(); i++) {
            Integer axis = branch.axes().get(node.result(i));
            if (axis != null) {
                Value mean =
                        rewriter.target().add(origin, new ReduceMean(ImmutableList.of(axis), true), kept.result(i));
                means.know(node.result(i), mean);
                rewriter.replace(node.result(i), rewriter.target().add(origin, new Sub(), kept.result(i), mean));
            }
        }
    }

    /// The node over values with their means.
    private void addMeans(Node node, Rewriter rewriter, BranchMeans means) {
        Origin origin = rewriter.source().origin(node).touchedBy(pass);
        Node whole = rewriter.target().addNode(origin, node.op(), operands(node, rewriter, means));
        for (int i = 0; i < node.types().size(); i++) {
            rewriter.replace(node.result(i), whole.result(i));
        }
    }

    /// The operands of a node, those on the branch with their means when the node needs them.
    private List<Value> operands(Node node, Rewriter rewriter, BranchMeans means) {
        return node.operands().stream()
                .map(operand ->
                        branch.readers().contains(node) && branch.axes().containsKey(operand)
                                ? means.whole(operand, rewriter)
                                : rewriter.map(operand))
                .toList();
    }

    /// The same product or convolution with centred weights.
    private static Value source(Node node, Rewriter rewriter, Origin origin) {
        boolean convolution = node.op() instanceof Conv;
        List<Value> operands = new ArrayList<>();
        operands.add(rewriter.map(node.operand(0)));
        for (int i = 1; i < node.operands().size(); i++) {
            TensorData held = HeldWeight.of(node.operand(i));
            int axis = convolution || i == 2 ? 0 : held.rank() - 1;
            operands.add(rewriter.target().constant(origin, Centring.along(held, axis)));
        }
        return rewriter.target().add(origin, node.op(), operands.toArray(Value[]::new));
    }

    /// The same operator over centred weights; values of the branch are centred already.
    private void carry(Node node, Rewriter rewriter, Origin origin) {
        Integer axis = branch.axes().get(node.result());
        ImmutableMap<Integer, Integer> carried = Carriage.operands(node, axis == null ? 0 : axis);
        boolean overWeights = carried.keySet().stream().anyMatch(operand -> Weight.is(node.operand(operand)));
        if (!overWeights) {
            return;
        }
        var operands = new Value[node.operands().size()];
        for (int i = 0; i < operands.length; i++) {
            Value operand = node.operand(i);
            operands[i] =
                    carried.containsKey(i) && Weight.is(operand)
                            ? rewriter.target()
                                    .constant(
                                            origin, Centring.along(HeldWeight.of(operand), carried.getOrDefault(i, 0)))
                            : rewriter.map(operand);
        }
        rewriter.replace(node.result(), rewriter.target().add(origin, node.op(), operands));
    }
}
