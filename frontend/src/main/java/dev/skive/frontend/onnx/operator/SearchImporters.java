package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.NonMaxSuppression;
import dev.skive.ir.op.TopK;
import dev.skive.ir.op.Unique;
import dev.skive.ir.type.Dim;
import java.util.Optional;

/// Operators that look for elements.
final class SearchImporters {
    private SearchImporters() {}

    /// The importers by name.
    static ImmutableMap<String, NodeImporter> all() {
        NodeImporter.Single boxes = SearchImporters::nonMaxSuppression;
        return ImmutableMap.of(
                "NonMaxSuppression", boxes, "TopK", SearchImporters::topK, "Unique", SearchImporters::unique);
    }

    /// `k` is an attribute before opset 10 and an operand since; a run may tell it.
    private static ImmutableList<Value> topK(NodeContext node) {
        int axis = node.shape(0).axis(node.attributes().integer("axis", -1));
        boolean largest = node.attributes().flag("largest", true);
        // Sorted is one of the orders that unsorted allows.
        node.attributes().ignore("sorted");
        Optional<Value> given =
                node.attributes().integer("k").map(k -> node.constant(TensorData.ofLongs(new long[] {k}, 1)));
        Value k = given.orElseGet(() -> node.operand(1));
        Dim size =
                given.isPresent()
                        ? Dim.of(k.constant().orElseThrow(AssertionError::new).getLong(0))
                        : node.knownSizes(1)
                                .map(ImmutableList::getFirst)
                                .orElseGet(() -> Dim.symbol(node.freshSymbol("k")));
        return node.addDynamic(new TopK(axis, largest, size), node.operand(0), k);
    }

    private static ImmutableList<Value> unique(NodeContext node) {
        boolean sorted = node.attributes().flag("sorted", true);
        return unique(node, sorted, node.attributes().integer("axis").map(node.shape(0)::axis));
    }

    /// The different elements or slices, the first and all places of each, and how many there are of each.
    static ImmutableList<Value> unique(NodeContext node, boolean sorted, Optional<Integer> axis) {
        return node.addDynamic(new Unique(sorted, axis, Dim.symbol(node.freshSymbol("unique"))), node.operand(0));
    }

    private static Value nonMaxSuppression(NodeContext node) {
        boolean centered = node.attributes().flag("center_point_box", false);
        var op = new NonMaxSuppression(centered, Dim.symbol(node.freshSymbol("boxes")));
        return node.addDynamic(op, node.operands().toArray(Value[]::new)).getFirst();
    }
}
