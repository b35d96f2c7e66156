package dev.skive.passes.fuse;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Origin;
import dev.skive.passes.Pass;
import dev.skive.passes.PassContext;
import dev.skive.passes.rule.NodeRule;
import dev.skive.passes.rule.RuleDriver;
import java.util.function.Predicate;

/// Runs rules that turn many nodes into one, and says which telltale nodes they left.
///
/// @param pass on whose behalf
/// @param rules what to apply
/// @param telltale words for the nodes that every form contains, `erf or tanh` for example
/// @param isTelltale decides about a node
record Recognizer(Pass pass, ImmutableList<? extends NodeRule> rules, String telltale, Predicate<Node> isTelltale) {
    Graph run(Graph graph, PassContext context) {
        if (graph.nodes().stream().noneMatch(isTelltale)) {
            context.say(pass, "there is no " + telltale + " node");
            return graph;
        }
        Graph result = RuleDriver.of(rules, pass.contract()).run(graph, context);
        ImmutableList<Origin> left =
                result.nodes().stream().filter(isTelltale).map(result::origin).collect(ImmutableList.toImmutableList());
        if (!left.isEmpty()) {
            context.say(pass, left.size() + " " + telltale + " nodes matched no known form", left);
        }
        return result;
    }
}
