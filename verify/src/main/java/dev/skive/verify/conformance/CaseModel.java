package dev.skive.verify.conformance;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.skive.frontend.onnx.ImportOptions;
import dev.skive.frontend.onnx.file.ExternalData;
import dev.skive.frontend.onnx.file.ModelFile;
import dev.skive.frontend.onnx.file.OnnxVersions;
import dev.skive.frontend.onnx.file.TensorReader;
import dev.skive.frontend.onnx.file.ValueFile;
import dev.skive.frontend.onnx.operator.Operators;
import dev.skive.frontend.onnx.proto.AttributeProto;
import dev.skive.frontend.onnx.proto.FunctionProto;
import dev.skive.frontend.onnx.proto.GraphProto;
import dev.skive.frontend.onnx.proto.NodeProto;
import dev.skive.frontend.onnx.proto.TensorProto;
import dev.skive.frontend.onnx.proto.ValueInfoProto;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.Shape;
import dev.skive.verify.conformance.TestCase.DataSet;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What the file of a case says about its model: which file of a data set belongs to which input or output.
final class CaseModel {
    private static final ImportOptions OPTIONS = ImportOptions.DEFAULT;

    private final ModelFile file;
    private final GraphProto graph;
    private final TensorReader tensors;
    private final ImmutableMap<String, TensorProto> initializers;

    private CaseModel(ModelFile file, TensorReader tensors) {
        this.file = file;
        this.graph = file.model().getGraph();
        this.tensors = tensors;
        this.initializers =
                graph.getInitializerList().stream()
                        .collect(
                                ImmutableMap.toImmutableMap(
                                        TensorProto::getName, tensor -> tensor, (first, last) -> last));
    }

    static CaseModel open(Path path) {
        var file = ModelFile.open(path, OPTIONS.limits());
        return new CaseModel(file, new TensorReader(file, new ExternalData(path, OPTIONS), OPTIONS.limits()));
    }

    /// How the model is imported. Inputs that are declared without even a rank get that of the case's values; those with an
    /// initializer stay inputs when a data set has another value for them.
    ImportOptions importOptions(TestCase test) {
        var shapes = ImmutableMap.<String, Shape>builder();
        for (int i = 0; i < graph.getInputCount(); i++) {
            ValueInfoProto input = graph.getInput(i);
            boolean isUnranked = input.getType().hasTensorType() && !input.getType().getTensorType().hasShape();
            if (isUnranked && !initializers.containsKey(input.getName())) {
                unranked(test, i).ifPresent(shape -> shapes.put(input.getName(), shape));
            }
        }
        return OPTIONS.withInputShapes(shapes.buildKeepingLast()).withOpenInputs(open(test));
    }

    /// The inputs with an initializer for which a data set has another value.
    private ImmutableSet<String> open(TestCase test) {
        return IntStream.range(0, graph.getInputCount())
                .filter(i -> initializers.containsKey(graph.getInput(i).getName()))
                .filter(i -> test.dataSets().stream().anyMatch(set -> isReplaced(set, i)))
                .mapToObj(i -> graph.getInput(i).getName())
                .collect(ImmutableSet.toImmutableSet());
    }

    private boolean isReplaced(DataSet set, int input) {
        ValueInfoProto declared = graph.getInput(input);
        Path path = set.inputs().get(input);
        return path != null
                && !constant(requireNonNull(initializers.get(declared.getName()))).equals(read(path, declared));
    }

    private Optional<Shape> unranked(TestCase test, int input) {
        String name = graph.getInput(input).getName();
        Set<Integer> ranks =
                test.dataSets().stream()
                        .filter(set -> set.inputs().containsKey(input))
                        .map(set -> read(set.inputs().get(input), graph.getInput(input)))
                        .map(value -> value instanceof TestValue.OfTensor(Tensor tensor) ? tensor.rank() : -1)
                        .collect(Collectors.toSet());
        int rank = ranks.size() == 1 ? ranks.iterator().next() : -1;
        return rank < 0
                ? Optional.empty()
                : Optional.of(
                        Shape.of(IntStream.range(0, rank).mapToObj(axis -> Dim.symbol(name + "." + axis)).toList()));
    }

    /// The values of the model's inputs by name. An input with an initializer may be left out.
    ///
    /// @throws SkiveException when a file is missing or cannot be read
    ImmutableMap<String, TestValue> inputs(DataSet set) {
        var values = ImmutableMap.<String, TestValue>builder();
        for (int i = 0; i < graph.getInputCount(); i++) {
            ValueInfoProto input = graph.getInput(i);
            Optional<TensorProto> initializer = Optional.ofNullable(initializers.get(input.getName()));
            Path path = set.inputs().get(i);
            if (path == null && initializer.isEmpty()) {
                throw new SkiveException(
                        ExitCode.USAGE, "%s has no file for input %d ('%s')".formatted(set.name(), i, input.getName()));
            }
            values.put(input.getName(), path == null ? constant(initializer.orElseThrow()) : read(path, input));
        }
        requireKnown(set, "input", set.inputs().keySet(), graph.getInputCount());
        return values.buildOrThrow();
    }

    private TestValue constant(TensorProto initializer) {
        return new TestValue.OfTensor(Tensor.of(tensors.read(initializer)));
    }

    /// The expected values of the outputs that have a file, by name.
    ///
    /// @throws SkiveException when a file cannot be read
    ImmutableMap<String, TestValue> expected(DataSet set) {
        requireKnown(set, "output", set.outputs().keySet(), graph.getOutputCount());
        var values = ImmutableMap.<String, TestValue>builder();
        set.outputs()
                .forEach((index, path) ->
                        values.put(graph.getOutput(index).getName(), read(path, graph.getOutput(index))));
        return values.buildOrThrow();
    }

    private static void requireKnown(DataSet set, String what, Set<Integer> found, int count) {
        found.stream()
                .filter(index -> index >= count)
                .findFirst()
                .ifPresent(index -> {
                    throw new SkiveException(
                            ExitCode.USAGE,
                            "%s has a file for %s %d, but the model has %d".formatted(set.name(), what, index, count));
                });
    }

    private static TestValue read(Path path, ValueInfoProto declared) {
        return TestValue.of(ValueFile.of(path, OPTIONS).read(declared.getType()));
    }

    /// The names of the outputs that are random, for inputs.
    ImmutableSet<String> randomOutputs(Map<String, TestValue> inputs) {
        Set<String> random = new RandomValues(file.model()).names(name -> scalar(name, inputs));
        return graph.getOutputList().stream()
                .map(ValueInfoProto::getName)
                .filter(random::contains)
                .collect(ImmutableSet.toImmutableSet());
    }

    private OptionalDouble scalar(String name, Map<String, TestValue> inputs) {
        Optional<TestValue> value =
                Optional.ofNullable(inputs.get(name))
                        .or(() -> Optional.ofNullable(initializers.get(name)).map(this::constant));
        return value.isPresent() && value.get() instanceof TestValue.OfTensor(Tensor tensor) && tensor.count() == 1
                ? OptionalDouble.of(tensor.toData().getDouble(0))
                : OptionalDouble.empty();
    }

    /// The operators of the model that cannot be imported, with their domain unless it is the standard one.
    ImmutableList<String> unsupportedOperators() {
        Set<String> functions =
                file.model().getFunctionsList().stream().map(FunctionProto::getName).collect(Collectors.toSet());
        var missing = new TreeSet<String>();
        collect(graph.getNodeList(), functions, missing);
        file.model().getFunctionsList().forEach(function -> collect(function.getNodeList(), functions, missing));
        return ImmutableList.copyOf(missing);
    }

    private static void collect(List<NodeProto> nodes, Set<String> functions, Set<String> missing) {
        for (NodeProto node : nodes) {
            String domain = OnnxVersions.domain(node.getDomain());
            if (Operators.find(domain, node.getOpType()).isEmpty() && !functions.contains(node.getOpType())) {
                missing.add(domain.isEmpty() ? node.getOpType() : domain + "." + node.getOpType());
            }
            for (AttributeProto attribute : node.getAttributeList()) {
                collect(attribute.getG().getNodeList(), functions, missing);
                attribute.getGraphsList().forEach(inner -> collect(inner.getNodeList(), functions, missing));
            }
        }
    }
}
