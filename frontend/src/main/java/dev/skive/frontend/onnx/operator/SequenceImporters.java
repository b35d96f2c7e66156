package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.skive.frontend.onnx.file.OnnxTypes;
import dev.skive.frontend.onnx.proto.TensorProto;
import dev.skive.frontend.onnx.proto.TypeProto;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Concat;
import dev.skive.ir.op.ConcatFromSequence;
import dev.skive.ir.op.Dynamic;
import dev.skive.ir.op.OptionalGet;
import dev.skive.ir.op.OptionalHas;
import dev.skive.ir.op.OptionalOf;
import dev.skive.ir.op.Reshape;
import dev.skive.ir.op.SequenceAt;
import dev.skive.ir.op.SequenceConstruct;
import dev.skive.ir.op.SequenceErase;
import dev.skive.ir.op.SequenceInsert;
import dev.skive.ir.op.SequenceLength;
import dev.skive.ir.op.SplitToSequence;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.OptionalType;
import dev.skive.ir.type.SequenceType;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.TensorType;
import dev.skive.ir.type.Type;
import dev.skive.ir.type.UnrankedType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Sequences and optionals. A sequence whose members are known is looked through.
final class SequenceImporters {
    private SequenceImporters() {}

    /// The importers by name.
    static ImmutableMap<String, NodeImporter> all() {
        return ImmutableMap.<String, NodeImporter>builder()
                .put("ConcatFromSequence", single(SequenceImporters::concat))
                .put("Optional", single(SequenceImporters::optional))
                .put("OptionalGetElement", single(SequenceImporters::get))
                .put("OptionalHasElement", single(SequenceImporters::has))
                .put("SequenceAt", single(SequenceImporters::at))
                .put("SequenceConstruct", single(SequenceImporters::construct))
                .put("SequenceEmpty", single(SequenceImporters::empty))
                .put("SequenceErase", single(SequenceImporters::erase))
                .put("SequenceInsert", single(SequenceImporters::insert))
                .put("SequenceLength", single(SequenceImporters::length))
                .put("SplitToSequence", single(SequenceImporters::split))
                .buildOrThrow();
    }

    private static NodeImporter single(NodeImporter.Single importer) {
        return importer;
    }

    private static Value add(NodeContext node, Dynamic op, List<Value> operands) {
        return node.builder().addNode(node.origin(), op, operands).result();
    }

    private static SequenceType sequence(NodeContext node, int index) {
        if (node.operand(index).type() instanceof SequenceType type) {
            return type;
        }
        throw node.failure("operand %s must be a sequence, found %s", index, node.operand(index).type());
    }

    private static Value empty(NodeContext node) {
        long number = node.attributes().integer("dtype", TensorProto.DataType.FLOAT_VALUE);
        ElementType element =
                OnnxTypes.element(number).orElseThrow(() -> node.failure("unknown element type %s", number));
        return add(node, new SequenceConstruct(new SequenceType(new UnrankedType(element))), List.of());
    }

    private static Value construct(NodeContext node) {
        var joined = new JoinedTypes(node);
        Type member = node.operand(0).type();
        for (Value operand : node.operands()) {
            member = joined.join(member, operand.type());
        }
        return add(node, new SequenceConstruct(new SequenceType(member)), node.operands());
    }

    /// The members of a sequence, when they are known.
    private static Optional<ImmutableList<Value>> members(Value sequence) {
        return sequence.node().op() instanceof SequenceConstruct
                ? Optional.of(sequence.node().operands())
                : Optional.empty();
    }

    private static Value at(NodeContext node) {
        SequenceType type = sequence(node, 0);
        Optional<Long> index = node.operand(1).constant().map(data -> data.getLong(0));
        Optional<ImmutableList<Value>> members = members(node.operand(0));
        if (index.isPresent() && members.isPresent()) {
            long size = members.get().size();
            if (index.get() < -size || index.get() >= size) {
                throw node.failure("index %s is outside a sequence of %s", index.get(), size);
            }
            return members.get().get(Math.toIntExact(Math.floorMod(index.get(), size)));
        }
        return add(node, new SequenceAt(member(node, type)), node.operands());
    }

    /// The type of a member, with symbols of its own.
    private static Type member(NodeContext node, SequenceType sequence) {
        return sequence.element() instanceof TensorType(var element, var shape)
                ? new TensorType(element, Shape.of(shape.dims().stream().map(dim -> open(node, dim)).toList()))
                : sequence.element();
    }

    private static Dim open(NodeContext node, Dim dim) {
        return dim.isKnown() ? dim : Dim.symbol(node.freshSymbol("member"));
    }

    private static Value insert(NodeContext node) {
        SequenceType type = sequence(node, 0);
        Optional<ImmutableList<Value>> members = members(node.operand(0));
        if (members.isPresent() && (!node.has(2) || node.operand(2).constant().isPresent())) {
            var longer = new ArrayList<Value>(members.get());
            long size = longer.size();
            long index = node.has(2) ? node.operand(2).constant().orElseThrow().getLong(0) : size;
            if (index < -size || index > size) {
                throw node.failure("index %s is outside a sequence of %s", index, size);
            }
            longer.add(Math.toIntExact(index < 0 ? index + size : index), node.operand(1));
            var joined = new JoinedTypes(node);
            Type member = longer.getFirst().type();
            for (Value value : longer) {
                member = joined.join(member, value.type());
            }
            return add(node, new SequenceConstruct(new SequenceType(member)), longer);
        }
        Type member = new JoinedTypes(node).join(type.element(), node.operand(1).type());
        return add(node, new SequenceInsert(new SequenceType(member)), node.operands());
    }

    private static Value erase(NodeContext node) {
        sequence(node, 0);
        return add(node, new SequenceErase(), node.operands());
    }

    private static Value length(NodeContext node) {
        sequence(node, 0);
        return members(node.operand(0))
                .map(members -> node.constant(TensorData.scalar(ElementType.INT64, members.size())))
                .orElseGet(() -> add(node, new SequenceLength(), node.operands()));
    }

    private static Value concat(NodeContext node) {
        SequenceType type = sequence(node, 0);
        long axis = node.attributes().integer("axis").orElseThrow(() -> node.failure("attribute 'axis' is missing"));
        boolean isNew = node.attributes().flag("new_axis", false);
        if (!(type.element() instanceof TensorType(var element, var shape))) {
            return add(node, new ConcatFromSequence(axis, isNew, type.element()), node.operands());
        }
        int rank = shape.rank() + (isNew ? 1 : 0);
        if (axis < -rank || axis >= rank) {
            throw node.failure("axis %s is outside rank %s", axis, rank);
        }
        int at = Math.toIntExact(axis < 0 ? axis + rank : axis);
        Optional<ImmutableList<Value>> members = members(node.operand(0)).filter(list -> !list.isEmpty());
        if (members.isPresent()) {
            Value[] parts =
                    members.get().stream().map(part -> isNew ? withAxis(node, part, at) : part).toArray(Value[]::new);
            return node.add(new Concat(at), parts);
        }
        var dims = new ArrayList<Dim>(shape.dims());
        dims.replaceAll(dim -> open(node, dim));
        Dim whole = Dim.symbol(node.freshSymbol("sequence"));
        if (isNew) {
            dims.add(at, whole);
        } else {
            dims.set(at, whole);
        }
        return add(node, new ConcatFromSequence(at, isNew, new TensorType(element, Shape.of(dims))), node.operands());
    }

    private static Value withAxis(NodeContext node, Value part, int axis) {
        var dims = new ArrayList<Dim>(part.shape().dims());
        dims.add(axis, Dim.ONE);
        return node.add(new Reshape(ImmutableList.copyOf(dims)), part);
    }

    private static Value split(NodeContext node) {
        Value x = node.operand(0);
        int axis = x.shape().axis(node.attributes().integer("axis", 0));
        boolean keepDims = node.attributes().flag("keepdims", true);
        var dims = new ArrayList<Dim>(x.shape().dims());
        if (node.has(1)) {
            dims.set(axis, Dim.symbol(node.freshSymbol("piece")));
        } else if (keepDims) {
            dims.set(axis, Dim.ONE);
        } else {
            dims.remove(axis);
        }
        var type = new SequenceType(x.tensor().withShape(Shape.of(dims)));
        return add(node, new SplitToSequence(axis, keepDims, type), node.operands());
    }

    private static Value optional(NodeContext node) {
        if (node.has(0)) {
            node.attributes().ignore("type");
            return add(node, new OptionalOf(new OptionalType(node.operand(0).type())), node.operands());
        }
        Type content = type(node, node.attributes().type("type"));
        return add(node, new OptionalOf(new OptionalType(content)), List.of());
    }

    private static Type type(NodeContext node, TypeProto proto) {
        return switch (proto.getValueCase()) {
            case TENSOR_TYPE -> {
                int number = proto.getTensorType().getElemType();
                yield new UnrankedType(
                        OnnxTypes.element(number).orElseThrow(() -> node.failure("unknown element type %s", number)));
            }
            case SEQUENCE_TYPE -> new SequenceType(type(node, proto.getSequenceType().getElemType()));
            default -> throw node.failure("an optional of %s is not supported", proto.getValueCase());
        };
    }

    private static Value has(NodeContext node) {
        if (!node.has(0)) {
            return node.constant(TensorData.scalar(ElementType.BOOL, 0));
        }
        return node.operand(0).type() instanceof OptionalType
                ? add(node, new OptionalHas(), node.operands())
                : node.constant(TensorData.scalar(ElementType.BOOL, 1));
    }

    private static Value get(NodeContext node) {
        if (!(node.operand(0).type() instanceof OptionalType(var content))) {
            return node.operand(0);
        }
        Type opened =
                content instanceof TensorType(var element, var shape)
                        ? new TensorType(element, Shape.of(shape.dims().stream().map(dim -> open(node, dim)).toList()))
                        : content;
        return add(node, new OptionalGet(opened), node.operands());
    }
}
