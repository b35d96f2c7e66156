package dev.skive.passes.fuse;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Node;
import dev.skive.ir.op.Gather;
import dev.skive.passes.Contract;
import dev.skive.passes.Exactness;
import dev.skive.passes.Pass;
import dev.skive.passes.PassContext;
import dev.skive.passes.rule.NodeRule;
import dev.skive.passes.rule.text.RuleFiles;

/// Sums the rows looked up in several tables at once.
///
/// **Transforms**: `y = add(gather[axis=0](words, ids), gather[axis=0](positions, places))`
/// **Into**: `y = embedding-sum(words, ids, positions, places)`
/// **Needs**: nothing.
/// **Contract**: reassociating; two tables are exact, with more of them the interpreter rounds once where the additions
/// rounded each time.
/// **Source**: token, position and segment embeddings, Devlin et al., "BERT".
/// **Leaves out**: a table that is looked up elsewhere with the same ids.
public record FuseEmbeddings() implements Pass {
    /// Every rule of this pass.
    public static ImmutableList<NodeRule> rules() {
        return ImmutableList.copyOf(RuleFiles.rules("embedding"));
    }

    @Override
    public ImmutableList<NodeRule> rewrites() {
        return rules();
    }

    @Override
    public Contract contract() {
        return Exactness.REASSOCIATING;
    }

    @Override
    public Graph run(Graph graph, PassContext context) {
        return new Recognizer(this, rules(), "table look-up", FuseEmbeddings::looksUpRows).run(graph, context);
    }

    private static boolean looksUpRows(Node node) {
        return node.op() instanceof Gather(int axis)
                && axis == 0
                && node.operand(0).constant().isPresent()
                && node.operand(0).shape().rank() == 2;
    }
}
