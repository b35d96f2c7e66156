package dev.skive.frontend.onnx.export;

import com.google.common.collect.ImmutableList;
import dev.skive.frontend.onnx.file.OnnxTypes;
import dev.skive.frontend.onnx.proto.AttributeProto;
import dev.skive.frontend.onnx.proto.AttributeProto.AttributeType;
import dev.skive.frontend.onnx.proto.GraphProto;
import dev.skive.ir.graph.Node;
import dev.skive.ir.op.Body;
import dev.skive.ir.op.ConcatFromSequence;
import dev.skive.ir.op.Dynamic;
import dev.skive.ir.op.If;
import dev.skive.ir.op.Loop;
import dev.skive.ir.op.NonZero;
import dev.skive.ir.op.OptionalGet;
import dev.skive.ir.op.OptionalHas;
import dev.skive.ir.op.OptionalOf;
import dev.skive.ir.op.SequenceAt;
import dev.skive.ir.op.SequenceConstruct;
import dev.skive.ir.op.SequenceErase;
import dev.skive.ir.op.SequenceInsert;
import dev.skive.ir.op.SequenceLength;
import dev.skive.ir.op.SplitToSequence;
import dev.skive.ir.type.SequenceType;
import dev.skive.ir.type.TensorType;
import dev.skive.ir.type.Type;
import dev.skive.ir.type.UnrankedType;
import java.util.List;

/// Operators whose course depends on data.
///
/// @param writer writes the node
/// @param nodes the graph under construction
/// @param graph writes graphs inside
record DynamicExport(NodeWriter writer, ModelNodes nodes, GraphExport graph) {
    /// The names of the results.
    ImmutableList<String> write(Node node, Dynamic op) {
        return switch (op) {
            case If branch ->
                    nodes.add(
                            "If",
                            List.of(writer.operand(0)),
                            node.types().size(),
                            List.of(graph("then_branch", branch.yes()), graph("else_branch", branch.no())));
            case Loop loop ->
                    nodes.add(
                            "Loop",
                            writer.operands().subList(0, 2 + loop.states()),
                            node.types().size(),
                            List.of(graph("body", loop.body())));
            default -> ImmutableList.of(single(op));
        };
    }

    private String single(Dynamic op) {
        return switch (op) {
            case NonZero find -> simple("NonZero");
            case SequenceConstruct(var type) when writer.operands().isEmpty() ->
                    writer.add("SequenceEmpty", List.of(), OnnxAttributes.integer("dtype", element(type)));
            case SequenceConstruct construct -> simple("SequenceConstruct");
            case SequenceAt at -> simple("SequenceAt");
            case SequenceInsert insert -> simple("SequenceInsert");
            case SequenceErase erase -> simple("SequenceErase");
            case SequenceLength length -> simple("SequenceLength");
            case ConcatFromSequence(long axis, boolean isNew, var type) ->
                    writer.add(
                            "ConcatFromSequence",
                            writer.operands(),
                            OnnxAttributes.integer("axis", axis),
                            OnnxAttributes.integer("new_axis", isNew ? 1 : 0));
            case SplitToSequence(int axis, boolean keepDims, var type) ->
                    writer.add(
                            "SplitToSequence",
                            writer.operands(),
                            OnnxAttributes.integer("axis", axis),
                            OnnxAttributes.integer("keepdims", keepDims ? 1 : 0));
            case OptionalGet get -> simple("OptionalGetElement");
            case OptionalHas has -> simple("OptionalHasElement");
            case OptionalOf optional -> optional(optional);
            case If branch -> throw new AssertionError(branch);
            case Loop loop -> throw new AssertionError(loop);
        };
    }

    private String simple(String type) {
        return writer.add(type, writer.operands());
    }

    private String optional(OptionalOf optional) {
        return writer.operands().isEmpty()
                ? writer.add(
                        "Optional",
                        List.of(),
                        AttributeProto.newBuilder()
                                .setName("type")
                                .setType(AttributeType.TYPE_PROTO)
                                .setTp(OnnxValueTypes.proto(optional.type().element()))
                                .build())
                : simple("Optional");
    }

    private static long element(SequenceType type) {
        Type member = type.element();
        return switch (member) {
            case TensorType tensor -> OnnxTypes.number(tensor.element());
            case UnrankedType(var element) -> OnnxTypes.number(element);
            default -> throw new AssertionError("a sequence of " + member);
        };
    }

    private AttributeProto graph(String name, Body body) {
        List<String> all = writer.operands();
        GraphProto inner = graph.body(body.graph(), body.captures().stream().map(all::get).toList());
        return AttributeProto.newBuilder().setName(name).setType(AttributeType.GRAPH).setG(inner).build();
    }
}
