package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.skive.frontend.onnx.file.OnnxTypes;
import dev.skive.frontend.onnx.proto.AttributeProto;
import dev.skive.frontend.onnx.proto.AttributeProto.AttributeType;
import dev.skive.frontend.onnx.proto.GraphProto;
import dev.skive.frontend.onnx.proto.NodeProto;
import dev.skive.frontend.onnx.proto.TensorProto;
import dev.skive.frontend.onnx.proto.ValueInfoProto;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Gather;
import dev.skive.ir.op.SequenceConstruct;
import dev.skive.ir.op.SequenceLength;
import dev.skive.ir.op.ShapeOf;
import dev.skive.ir.op.Slice;
import dev.skive.ir.op.Transpose;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.SequenceType;
import dev.skive.ir.type.Type;
import dev.skive.ir.type.UnrankedType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Operators that are loops in other words: their bodies become bodies of a `Loop`, which takes apart its inputs at the
/// number of the iteration.
final class LoopImporters {
    private static final String TRIP = "skive:trip";
    private static final String CONDITION = "skive:condition";
    private static final String MINUS_ONE = "skive:minus-one";
    private static final String NEXT = "skive:next-condition";

    private LoopImporters() {}

    /// The importers by name.
    static ImmutableMap<String, NodeImporter> all() {
        return ImmutableMap.of(
                "Scan", LoopImporters::scan,
                "SequenceMap", LoopImporters::map,
                "skive.Scan", node -> scan(node, 0));
    }

    private static NodeProto.Builder step(String type, String result, String... operands) {
        return NodeProto.newBuilder().setOpType(type).addAllInput(List.of(operands)).addOutput(result);
    }

    private static AttributeProto axis(long value) {
        return AttributeProto.newBuilder().setName("axis").setType(AttributeType.INT).setI(value).build();
    }

    private static ValueInfoProto named(String name) {
        return ValueInfoProto.newBuilder().setName(name).build();
    }

    private static GraphProto.Builder body(GraphProto inner) {
        return GraphProto.newBuilder()
                .setName(inner.getName())
                .addAllInitializer(inner.getInitializerList())
                .addAllSparseInitializer(inner.getSparseInitializerList())
                .addInitializer(
                        TensorProto.newBuilder()
                                .setName(MINUS_ONE)
                                .setDataType(TensorProto.DataType.INT64_VALUE)
                                .addInt64Data(-1))
                .addInput(named(TRIP))
                .addInput(named(CONDITION))
                .addNode(step("Identity", NEXT, CONDITION))
                .addOutput(named(NEXT));
    }

    /// Before opset 9 a scan goes over a batch on the first axis.
    private static ImmutableList<Value> scan(NodeContext node) {
        return node.opset() >= 9 ? scan(node, 0) : batchedScan(node);
    }

    private static ImmutableList<Value> scan(NodeContext node, int first) {
        GraphProto inner = node.attributes().graph("body");
        int scanned = scanned(node, node.operands().size() - first);
        int states = node.operands().size() - first - scanned;
        ImmutableList<Long> inputAxes = list(node, "scan_input_axes", scanned);
        ImmutableList<Long> inputDirections =
                list(node, node.opset() >= 9 ? "scan_input_directions" : "directions", scanned);
        GraphProto.Builder body = body(inner);
        inner.getInputList().stream().limit(states).forEach(body::addInput);
        for (int i = 0; i < scanned; i++) {
            int operand = first + states + i;
            int axis = node.shape(operand).axis(inputAxes.get(i));
            String index = TRIP;
            if (inputDirections.get(i) != 0) {
                // The last element first: -1 - trip counts from the end.
                index = "skive:index-" + i;
                body.addNode(step("Sub", index, MINUS_ONE, TRIP));
            }
            body.addNode(
                    step("Gather", inner.getInput(states + i).getName(), node.proto().getInput(operand), index)
                            .addAttribute(axis(axis)));
        }
        body.addAllNode(inner.getNodeList()).addAllOutput(inner.getOutputList());
        Value trips = scanned == 0 ? count(node, 0) : length(node, first + states, inputAxes.getFirst());
        var operands = new ArrayList<Value>(List.of(trips, Value.ABSENT));
        operands.addAll(node.operands().subList(first, first + states));
        ImmutableList<Value> results = ControlImporters.loop(node, body.build(), operands);
        return results(node, results, states);
    }

    private static int scanned(NodeContext node, int most) {
        long scanned =
                node.attributes()
                        .integer("num_scan_inputs")
                        .orElseThrow(() -> node.failure("attribute 'num_scan_inputs' is missing"));
        if (scanned < 1 || scanned > most) {
            throw node.failure("num_scan_inputs must be 1 to %s, found %s", most, scanned);
        }
        return Math.toIntExact(scanned);
    }

    private static Value count(NodeContext node, long count) {
        return node.constant(TensorData.ofLongs(new long[] {count}));
    }

    private static Value length(NodeContext node, int operand, long axis) {
        Value sizes = node.add(new ShapeOf(0, node.shape(operand).rank()), node.operand(operand));
        return node.add(new Gather(0), sizes, count(node, node.shape(operand).axis(axis)));
    }

    private static ImmutableList<Long> list(NodeContext node, String attribute, int size) {
        ImmutableList<Long> list =
                node.attributes()
                        .integers(attribute)
                        .orElseGet(() -> ImmutableList.copyOf(Collections.nCopies(size, 0L)));
        if (list.size() != size) {
            throw node.failure("attribute '%s' must have %s elements, found %s", attribute, size, list);
        }
        return list;
    }

    /// Scanned results lie along the first axis, in order; they may be wanted along another, or reversed.
    private static ImmutableList<Value> results(NodeContext node, ImmutableList<Value> results, int states) {
        int scanned = results.size() - states;
        ImmutableList<Long> axes = list(node, "scan_output_axes", scanned);
        ImmutableList<Long> directions = list(node, "scan_output_directions", scanned);
        var placed = new ArrayList<Value>(results);
        for (int i = 0; i < scanned; i++) {
            Value result = results.get(states + i);
            if (directions.get(i) != 0) {
                Dim size = result.shape().dim(0);
                var starts = new ArrayList<>(Collections.nCopies(result.shape().rank(), Dim.ZERO));
                var steps = new ArrayList<>(Collections.nCopies(result.shape().rank(), 1L));
                starts.set(0, size.minus(Dim.ONE));
                steps.set(0, -1L);
                result =
                        node.add(
                                new Slice(
                                        ImmutableList.copyOf(starts),
                                        result.shape().dims(),
                                        ImmutableList.copyOf(steps)),
                                result);
            }
            int axis = result.shape().axis(axes.get(i));
            if (axis != 0) {
                var order = new ArrayList<Integer>();
                for (int k = 1; k < result.shape().rank(); k++) {
                    order.add(k);
                }
                order.add(axis, 0);
                result = node.add(new Transpose(ImmutableList.copyOf(order)), result);
            }
            placed.set(states + i, result);
        }
        return ImmutableList.copyOf(placed);
    }

    /// A loop over the batch around a scan over each sequence.
    private static ImmutableList<Value> batchedScan(NodeContext node) {
        if (node.has(0)) {
            throw node.failure("Scan before opset 9 with sequence lengths is not supported");
        }
        scanned(node, node.operands().size() - 1);
        GraphProto inner = node.attributes().graph("body");
        GraphProto.Builder body = body(GraphProto.newBuilder().setName(inner.getName()).build());
        NodeProto.Builder one =
                NodeProto.newBuilder()
                        .setName(node.proto().getName())
                        .setDomain("skive")
                        .setOpType("Scan")
                        .addAllAttribute(node.proto().getAttributeList());
        for (int i = 1; i < node.operands().size(); i++) {
            String part = "skive:part-" + i;
            body.addNode(step("Gather", part, node.proto().getInput(i), TRIP).addAttribute(axis(0)));
            one.addInput(part);
        }
        for (int i = 0; i < inner.getOutputCount(); i++) {
            one.addOutput("skive:result-" + i);
            body.addOutput(named("skive:result-" + i));
        }
        body.addNode(one);
        node.attributes().ignore("directions");
        var operands = List.of(length(node, 1, 0), Value.ABSENT);
        return ControlImporters.loop(node, body.build(), operands);
    }

    /// A loop over the members of the first sequence.
    private static ImmutableList<Value> map(NodeContext node) {
        GraphProto inner = node.attributes().graph("body");
        GraphProto.Builder body = body(inner);
        int results = inner.getOutputCount();
        for (int i = 0; i < results; i++) {
            body.addInput(named("skive:state-" + i));
        }
        for (int i = 0; i < node.operands().size(); i++) {
            String outer = node.proto().getInput(i);
            String name = inner.getInput(i).getName();
            boolean isSequence = node.operand(i).type() instanceof SequenceType;
            body.addNode(isSequence ? step("SequenceAt", name, outer, TRIP) : step("Identity", name, outer));
        }
        body.addAllNode(inner.getNodeList());
        var operands = new ArrayList<Value>();
        operands.add(node.builder().addNode(node.origin(), new SequenceLength(), List.of(node.operand(0))).result());
        operands.add(Value.ABSENT);
        for (int i = 0; i < results; i++) {
            String next = "skive:next-" + i;
            body.addNode(step("SequenceInsert", next, "skive:state-" + i, inner.getOutput(i).getName()));
            body.addOutput(named(next));
            ElementType element =
                    OnnxTypes.element(inner.getOutput(i).getType().getTensorType().getElemType())
                            .orElseThrow(() -> node.failure("the body must declare the types of its outputs"));
            Type type = new SequenceType(new UnrankedType(element));
            operands.add(
                    node.builder()
                            .addNode(node.origin(), new SequenceConstruct((SequenceType) type), List.of())
                            .result());
        }
        return ControlImporters.loop(node, body.build(), operands);
    }
}
