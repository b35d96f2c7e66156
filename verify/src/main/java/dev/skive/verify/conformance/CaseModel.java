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
import dev.skive.frontend.onnx.proto.TensorShapeProto;
import dev.skive.frontend.onnx.proto.TypeProto;
import dev.skive.frontend.onnx.proto.ValueInfoProto;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.Shape;
import dev.skive.verify.conformance.TestCase.DataSet;
import java.nio.file.Path;
import java.util.HashSet;
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

    /// How the model is imported. Sizes that an input leaves open are those of the case's values where all data sets agree,
    /// as a user fixes them who compiles for one shape: then it is known what broadcasts, and what ranks follow from lists.
    /// Inputs with an initializer stay inputs when a data set has another value for them.
    ImportOptions importOptions(TestCase test) {
        ImmutableSet<String> open = open(test);
        var shapes = ImmutableMap.<String, Shape>builder();
        for (int i = 0; i < graph.getInputCount(); i++) {
            ValueInfoProto input = graph.getInput(i);
            boolean isGiven = !initializers.containsKey(input.getName()) || open.contains(input.getName());
            if (isGiven && isOpen(input)) {
                given(test, i).ifPresent(shape -> shapes.put(input.getName(), shape));
            }
        }
        return OPTIONS.withInputShapes(shapes.buildKeepingLast()).withOpenInputs(open);
    }

    private static boolean isOpen(ValueInfoProto input) {
        TypeProto.Tensor type = input.getType().getTensorType();
        return input.getType().hasTensorType()
                && (!type.hasShape() || type.getShape().getDimList().stream().anyMatch(dim -> !dim.hasDimValue()));
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

    /// The shape that the values of an input have in all data sets, or at least their rank; nothing when they differ from
    /// what is declared.
    private Optional<Shape> given(TestCase test, int input) {
        ValueInfoProto declared = graph.getInput(input);
        var shapes = new HashSet<Shape>();
        for (DataSet set : test.dataSets()) {
            Path path = set.inputs().get(input);
            if (path == null || !(read(path, declared) instanceof TestValue.OfTensor(Tensor tensor))) {
                return Optional.empty();
            }
            shapes.add(Shape.of(tensor.sizes()));
        }
        if (shapes.size() == 1) {
            return shapes.stream().filter(shape -> agrees(declared, shape)).findFirst();
        }
        Set<Integer> ranks = shapes.stream().map(Shape::rank).collect(Collectors.toSet());
        return ranks.size() == 1 && !declared.getType().getTensorType().hasShape()
                ? ranks.stream().map(rank -> symbols(declared.getName(), rank)).findFirst()
                : Optional.empty();
    }

    private static Shape symbols(String name, int rank) {
        return Shape.of(IntStream.range(0, rank).mapToObj(axis -> Dim.symbol(name + "." + axis)).toList());
    }

    private static boolean agrees(ValueInfoProto declared, Shape shape) {
        TypeProto.Tensor type = declared.getType().getTensorType();
        List<TensorShapeProto.Dimension> dims = type.getShape().getDimList();
        return !type.hasShape()
                || (dims.size() == shape.rank()
                        && IntStream.range(0, dims.size())
                                .allMatch(axis ->
                                        !dims.get(axis).hasDimValue()
                                                || shape.dim(axis).is(dims.get(axis).getDimValue())));
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
