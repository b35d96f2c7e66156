package dev.skive.frontend.onnx.export;

import com.google.common.collect.ImmutableList;
import dev.skive.frontend.onnx.proto.AttributeProto;
import dev.skive.ir.op.NonMaxSuppression;
import dev.skive.ir.op.Search;
import dev.skive.ir.op.TopK;
import dev.skive.ir.op.Unique;
import java.util.ArrayList;
import java.util.List;

/// Operators that look for elements.
final class SearchExport {
    private SearchExport() {}

    static ImmutableList<String> write(Search op, NodeWriter writer) {
        return switch (op) {
            case NonMaxSuppression boxes -> {
                writer.since(10, "NonMaxSuppression");
                yield several(
                        writer,
                        "NonMaxSuppression",
                        writer.operands(),
                        List.of(OnnxAttributes.integer("center_point_box", boxes.centered() ? 1 : 0)));
            }
            case TopK best -> topK(best, writer);
            case Unique unique -> unique(unique, writer);
        };
    }

    private static ImmutableList<String> topK(TopK op, NodeWriter writer) {
        writer.since(11, "TopK");
        String given = writer.add("Cast", ImmutableList.of(writer.operand(1)), OnnxAttributes.integer("to", 7));
        return several(
                writer,
                "TopK",
                ImmutableList.of(writer.operand(0), writer.reshaped(given, 1)),
                List.of(
                        OnnxAttributes.integer("axis", op.axis()),
                        OnnxAttributes.integer("largest", op.largest() ? 1 : 0)));
    }

    private static ImmutableList<String> unique(Unique op, NodeWriter writer) {
        writer.since(11, "Unique");
        var attributes = new ArrayList<AttributeProto>();
        attributes.add(OnnxAttributes.integer("sorted", op.sorted() ? 1 : 0));
        op.axis().ifPresent(axis -> attributes.add(OnnxAttributes.integer("axis", axis)));
        return several(writer, "Unique", writer.operands(), attributes);
    }

    /// A node with as many results as the one it is written for.
    private static ImmutableList<String> several(
            NodeWriter writer, String type, List<String> operands, List<AttributeProto> attributes) {
        return writer.nodes().add(type, operands, writer.node().types().size(), attributes);
    }
}
