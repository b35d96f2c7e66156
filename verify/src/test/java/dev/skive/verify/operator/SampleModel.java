package dev.skive.verify.operator;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.skive.frontend.onnx.file.OnnxTypes;
import dev.skive.frontend.onnx.file.OnnxVersions;
import dev.skive.frontend.onnx.proto.AttributeProto;
import dev.skive.frontend.onnx.proto.AttributeProto.AttributeType;
import dev.skive.frontend.onnx.proto.GraphProto;
import dev.skive.frontend.onnx.proto.ModelProto;
import dev.skive.frontend.onnx.proto.NodeProto;
import dev.skive.frontend.onnx.proto.OperatorSetIdProto;
import dev.skive.frontend.onnx.proto.TensorProto;
import dev.skive.frontend.onnx.proto.TensorShapeProto;
import dev.skive.frontend.onnx.proto.TypeProto;
import dev.skive.frontend.onnx.proto.ValueInfoProto;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.ElementType;
import dev.skive.verify.conformance.CaseFolder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/// The part of an ONNX model that is a sample of an element type, and its inputs. Types that ONNX Runtime's Java
/// interface does not take come from casts inside the model, and go through casts on their way out.
final class SampleModel {
    private static final int NEWEST_FORMAT_OF_ORT = 10;
    private static final ImmutableList<String> WORDS =
            ImmutableList.of("", "a", "B c", "\u00e9t\u00e9", "\ud83d\ude00", "zz");

    private final GraphProto.Builder graph = GraphProto.newBuilder();
    private final Map<String, Tensor> inputs = new LinkedHashMap<>();
    private final Sample sample;
    private final ElementType type;
    private final String prefix;
    private final Random random;

    /// The model of a sample.
    ///
    /// @param prefix of the names of all values, so that several samples fit into one model
    SampleModel(Sample sample, ElementType type, String prefix) {
        this.sample = sample;
        this.type = type;
        this.prefix = prefix;
        this.random = new Random(sample.operator().hashCode());
        build();
    }

    /// A file of several samples for one standard opset.
    static byte[] file(Collection<SampleModel> samples, int opset) {
        var model = ModelProto.newBuilder().setIrVersion(Math.min(OnnxVersions.formatOf(opset), NEWEST_FORMAT_OF_ORT));
        model.addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset));
        samples.stream()
                .map(part -> part.sample)
                .filter(sample -> !sample.domain().isEmpty())
                .map(sample ->
                        OperatorSetIdProto.newBuilder().setDomain(sample.domain()).setVersion(sample.version()).build())
                .distinct()
                .forEach(model::addOpsetImport);
        model.getGraphBuilder().setName("samples");
        samples.forEach(part -> model.getGraphBuilder().mergeFrom(part.graph.build()));
        return model.build().toByteArray();
    }

    /// The inputs in the model's order.
    ImmutableMap<String, Tensor> inputs() {
        return ImmutableMap.copyOf(inputs);
    }

    /// The names of the outputs in the model's order.
    List<String> outputs() {
        return graph.getOutputList().stream().map(ValueInfoProto::getName).toList();
    }

    private void build() {
        var names = new ArrayList<String>();
        for (int i = 0; i < sample.operands().size(); i++) {
            Sample.Operand operand = sample.operands().get(i);
            names.add(operand.isAbsent() ? "" : operand(prefix + "x" + i, operand));
        }
        ImmutableList<ElementType> results = sample.results(type);
        if (sample.script().isPresent()) {
            var operands = ImmutableMap.<String, String>builder();
            for (int i = 0; i < names.size(); i++) {
                operands.put("x" + i, names.get(i));
            }
            graph.addAllNode(new SampleScript(sample.script().get(), type, prefix, operands.buildOrThrow()).nodes());
        } else {
            graph.addNode(node(names, results.size()));
        }
        for (int i = 0; i < results.size(); i++) {
            result(prefix + "y" + i, results.get(i));
        }
    }

    private NodeProto.Builder node(List<String> operands, int results) {
        var node =
                NodeProto.newBuilder()
                        .setName(prefix + sample.operator())
                        .setDomain(sample.domain())
                        .setOpType(sample.operator())
                        .addAllInput(operands)
                        .addAllAttribute(sample.attributes(type));
        for (int i = 0; i < results; i++) {
            node.addOutput(prefix + "y" + i);
        }
        return node;
    }

    private String operand(String name, Sample.Operand operand) {
        ElementType element = operand.type().orElse(type);
        Tensor values = operand.values().map(given -> as(element, given)).orElseGet(() -> random(element, operand));
        if (operand.isConstant()) {
            graph.addInitializer(tensor(name, values.toData()));
            return name;
        }
        ElementType carrier = carrier(element);
        inputs.put(name, as(carrier, values));
        graph.addInput(value(name, carrier, values.sizes()));
        return carrier == element ? name : cast(name, name + "_cast", element);
    }

    private void result(String name, ElementType element) {
        ElementType carrier = carrier(element);
        String result = carrier == element ? name : cast(name, name + "_cast", carrier);
        graph.addOutput(value(result, carrier));
    }

    private String cast(String from, String to, ElementType element) {
        graph.addNode(
                NodeProto.newBuilder()
                        .setName(to)
                        .setOpType("Cast")
                        .addInput(from)
                        .addOutput(to)
                        .addAttribute(
                                AttributeProto.newBuilder()
                                        .setName("to")
                                        .setType(AttributeType.INT)
                                        .setI(OnnxTypes.number(element))));
        return to;
    }

    /// The type in which values of a type pass ONNX Runtime's Java interface.
    private static ElementType carrier(ElementType element) {
        return switch (element) {
            case UINT16, UINT32, UINT64 -> ElementType.INT64;
            case INT4, INT2 -> ElementType.INT8;
            case UINT4, UINT2 -> ElementType.UINT8;
            case FLOAT8E4M3FN, FLOAT8E4M3FNUZ, FLOAT8E5M2, FLOAT8E5M2FNUZ, FLOAT8E8M0, FLOAT4E2M1 ->
                    ElementType.FLOAT32;
            default -> element;
        };
    }

    private static Tensor as(ElementType element, Tensor values) {
        if (values.element() == element) {
            return values;
        }
        double[] numbers =
                values.element().isReal()
                        ? values.reals()
                        : Arrays.stream(values.integers()).mapToDouble(value -> value).toArray();
        return Tensor.of(TensorData.ofReals(element, numbers, values.sizes()));
    }

    private Tensor random(ElementType element, Sample.Operand operand) {
        int count = (int) Arrays.stream(operand.sizes()).reduce(1, Math::multiplyExact);
        if (element == ElementType.STRING) {
            return Tensor.ofText(
                    IntStream.range(0, count)
                            .mapToObj(_ -> WORDS.get(random.nextInt(WORDS.size())))
                            .collect(ImmutableList.toImmutableList()),
                    operand.sizes());
        }
        double low = Math.max(least(element), operand.low());
        double high = Math.min(greatest(element), operand.high());
        var values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] =
                    switch (element.kind()) {
                        case REAL -> low + random.nextDouble() * (high - low);
                        case BOOLEAN -> random.nextInt(2);
                        default -> Math.floor(low + random.nextDouble() * (high - low + 1));
                    };
        }
        return Tensor.of(TensorData.ofReals(element, values, operand.sizes()));
    }

    private static double least(ElementType element) {
        return switch (element) {
            case INT2 -> -2;
            case FLOAT8E8M0 -> 0.25;
            default -> element.kind() == ElementType.Kind.UNSIGNED ? 0 : Double.NEGATIVE_INFINITY;
        };
    }

    private static double greatest(ElementType element) {
        return element == ElementType.INT2 ? 1 : Double.POSITIVE_INFINITY;
    }

    /// A tensor message.
    static TensorProto tensor(String name, TensorData data) {
        return CaseFolder.tensor(data).toBuilder().setName(name).build();
    }

    /// A declaration without sizes.
    private static ValueInfoProto value(String name, ElementType element) {
        var tensor = TypeProto.Tensor.newBuilder().setElemType(OnnxTypes.number(element));
        return ValueInfoProto.newBuilder().setName(name).setType(TypeProto.newBuilder().setTensorType(tensor)).build();
    }

    private static ValueInfoProto value(String name, ElementType element, long[] sizes) {
        var shape = TensorShapeProto.newBuilder();
        for (long size : sizes) {
            shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(size));
        }
        var tensor = TypeProto.Tensor.newBuilder().setElemType(OnnxTypes.number(element)).setShape(shape);
        return ValueInfoProto.newBuilder().setName(name).setType(TypeProto.newBuilder().setTensorType(tensor)).build();
    }
}
