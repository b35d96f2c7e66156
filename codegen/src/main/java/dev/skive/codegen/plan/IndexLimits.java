package dev.skive.codegen.plan;

import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.EmbeddingSum;
import dev.skive.ir.op.Gather;
import dev.skive.ir.type.Dim;
import java.util.ArrayList;
import java.util.List;

/// Finds how many rows the tables have that an input indexes directly.
final class IndexLimits {
    private IndexLimits() {}

    /// The smallest number of rows, or 0 when the input indexes nothing of known size.
    static long of(Graph graph, Value input) {
        return graph.users(input).stream()
                .distinct()
                .flatMap(user -> tables(user, input).stream())
                .filter(Dim::isKnown)
                .mapToLong(Dim::known)
                .min()
                .orElse(0);
    }

    private static List<Dim> tables(Node user, Value ids) {
        var rows = new ArrayList<Dim>();
        if (user.op() instanceof Gather(int axis) && user.operand(1).equals(ids)) {
            rows.add(user.operand(0).shape().dim(axis));
        }
        if (user.op() instanceof EmbeddingSum) {
            for (int i = 0; i < user.operands().size(); i += 2) {
                if (user.operand(i + 1).equals(ids)) {
                    rows.add(user.operand(i).shape().dim(0));
                }
            }
        }
        return rows;
    }
}
