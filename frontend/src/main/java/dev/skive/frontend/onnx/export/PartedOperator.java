package dev.skive.frontend.onnx.export;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import dev.skive.frontend.onnx.OnnxImporter;
import dev.skive.frontend.onnx.file.OnnxVersions;
import dev.skive.frontend.onnx.proto.GraphProto;
import dev.skive.frontend.onnx.proto.ModelProto;
import dev.skive.frontend.onnx.proto.NodeProto;
import dev.skive.frontend.onnx.proto.OperatorSetIdProto;
import dev.skive.frontend.onnx.proto.ValueInfoProto;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Value;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.TensorType;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// An elementwise ONNX operator that the importer takes apart.
///
/// @param name its name
/// @param since the first opset that has it with these operands
/// @param operands names of its operands
/// @param scalars whether all operands but the first are scalars
/// @param attributes names of its attributes, all of them numbers
record PartedOperator(
        String name, int since, ImmutableList<String> operands, boolean scalars, ImmutableList<String> attributes) {
    private static final ImmutableMap<String, PartedOperator> ALL =
            Maps.uniqueIndex(
                    List.of(
                            unary("Celu", 12, "alpha"),
                            new PartedOperator(
                                    "Clip", 11, ImmutableList.of("x", "min", "max"), true, ImmutableList.of()),
                            unary("Elu", 6, "alpha"),
                            unary("HardSigmoid", 6, "alpha", "beta"),
                            unary("HardSwish", 14),
                            unary("LeakyRelu", 6, "alpha"),
                            unary("Mish", 18),
                            new PartedOperator("PRelu", 9, ImmutableList.of("x", "slope"), false, ImmutableList.of()),
                            unary("Selu", 6, "alpha", "gamma"),
                            unary("Softplus", 1),
                            unary("Softsign", 1),
                            unary("Swish", 24, "alpha"),
                            unary("ThresholdedRelu", 10, "alpha")),
                    PartedOperator::name);

    /// Numbers that stand for attributes: all types hold them, and no operator has them by itself.
    private static final ImmutableList<Double> MARKS = ImmutableList.of(15.0 / 1024, 13.0 / 1024);

    /// What the parts are over; they are the same for all sizes.
    private static final Shape ANY = Shape.of(2);

    /// The parts of the operator.
    ///
    /// @param result what they come to, over inputs named as the operands
    /// @param marks the number that stands in them for an attribute
    record Form(Value result, ImmutableMap<Double, String> marks) {}

    private static PartedOperator unary(String name, int since, String... attributes) {
        return new PartedOperator(name, since, ImmutableList.of("x"), false, ImmutableList.copyOf(attributes));
    }

    /// The operator of this name, if it is one of these.
    static Optional<PartedOperator> named(String name) {
        return Optional.ofNullable(ALL.get(name));
    }

    /// True when it is defined for elements of this type.
    boolean takes(ElementType element) {
        return element.isReal() || (element.isInteger() && attributes.isEmpty());
    }

    /// Its parts for elements of this type: with marks for the attributes, and with the attributes left out.
    ImmutableList<Form> forms(ElementType element) {
        Form usual = form(element, ImmutableMap.of());
        if (attributes.isEmpty()) {
            return ImmutableList.of(usual);
        }
        var marks = ImmutableMap.<Double, String>builder();
        for (int i = 0; i < attributes.size(); i++) {
            marks.put(MARKS.get(i), attributes.get(i));
        }
        return ImmutableList.of(form(element, marks.buildOrThrow()), usual);
    }

    private Form form(ElementType element, ImmutableMap<Double, String> marks) {
        Graph parts =
                new OnnxImporter().read(MemorySegment.ofArray(model(element, marks).toByteArray()), Path.of(name));
        return new Form(parts.outputs().values().asList().getFirst(), marks);
    }

    private ModelProto model(ElementType element, ImmutableMap<Double, String> marks) {
        var node = NodeProto.newBuilder().setOpType(name).addAllInput(operands).addOutput(name);
        marks.forEach((mark, attribute) -> node.addAttribute(OnnxAttributes.real(attribute, mark)));
        var graph = GraphProto.newBuilder().setName(name).addNode(node);
        for (int i = 0; i < operands.size(); i++) {
            Shape shape = i > 0 && scalars ? Shape.SCALAR : ANY;
            graph.addInput(OnnxValueTypes.declare(operands.get(i), new TensorType(element, shape)));
        }
        graph.addOutput(ValueInfoProto.newBuilder().setName(name));
        int opset = OnnxVersions.NEWEST_OPSET;
        return ModelProto.newBuilder()
                .setIrVersion(OnnxVersions.formatOf(opset))
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset))
                .setGraph(graph)
                .build();
    }
}
