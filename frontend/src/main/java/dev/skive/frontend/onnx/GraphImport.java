package dev.skive.frontend.onnx;

import com.google.common.base.Suppliers;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.skive.frontend.onnx.file.OnnxVersions;
import dev.skive.frontend.onnx.operator.Attributes;
import dev.skive.frontend.onnx.operator.NodeContext;
import dev.skive.frontend.onnx.operator.Operators;
import dev.skive.frontend.onnx.operator.Scope;
import dev.skive.frontend.onnx.proto.GraphProto;
import dev.skive.frontend.onnx.proto.NodeProto;
import dev.skive.frontend.onnx.proto.SparseTensorProto;
import dev.skive.frontend.onnx.proto.TensorProto;
import dev.skive.frontend.onnx.proto.ValueInfoProto;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.GraphBuilder;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.graph.Value;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.TensorType;
import dev.skive.ir.type.Type;
import dev.skive.ir.type.TypeError;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The import of one graph: values by name, built node by node. A node that cannot be imported spoils what depends on it
/// but does not stop the others, so that all errors are reported together.
///
/// A graph inside a node sees the names around it. It is imported either into the graph around it, or as a graph of its
/// own; then values from outside become inputs, except constants and known sizes, which it gets copies of.
final class GraphImport implements Scope {
    private final ModelImport model;
    private final GraphProto graph;
    private final GraphBuilder builder;
    private final @Nullable GraphImport outer;
    private final Map<String, Value> values = new HashMap<>();
    private final Map<Value, Value> captured = new LinkedHashMap<>();
    private final Map<Dim, Dim> generalized = new HashMap<>();
    private final Map<String, Dim> sizes = new HashMap<>();
    private final Set<String> spoiled = new HashSet<>();
    private final Supplier<ImmutableSet<String>> used = Suppliers.memoize(this::usedNames);

    private GraphImport(ModelImport model, GraphProto graph, GraphBuilder builder, @Nullable GraphImport outer) {
        this.model = model;
        this.graph = graph;
        this.builder = builder;
        this.outer = outer;
    }

    /// The import of a model's own graph.
    static GraphImport ofModel(ModelImport model, GraphProto graph) {
        return new GraphImport(model, graph, new GraphBuilder(graph.getName()), null);
    }

    /// The graph of a model.
    Graph importModel() {
        addInitializers();
        ImmutableSet<String> symbols = addInputs();
        model.reserve(symbols);
        addNodes();
        model.problems().throwIfAny();
        var declared = new DeclaredTypes(symbols, model.diagnostics());
        for (ValueInfoProto output : graph.getOutputList()) {
            Value value = value(output.getName());
            declared.checkOutput(output, value);
            builder.output(output.getName(), value);
        }
        declared.checkValues(graph.getValueInfoList(), values);
        return builder.build();
    }

    @Override
    public ImmutableList<Value> inline(GraphProto inner, List<Value> inputs) {
        var scope = new GraphImport(model, inner, builder, this);
        scope.addInitializers();
        scope.requireInputs(inputs.size());
        for (int i = 0; i < inputs.size(); i++) {
            scope.values.put(inner.getInput(i).getName(), inputs.get(i));
        }
        scope.addNodes();
        return scope.outputs();
    }

    @Override
    public Inner body(GraphProto inner, List<? extends Type> inputs) {
        var scope = new GraphImport(model, inner, new GraphBuilder(inner.getName()), this);
        scope.addInitializers();
        scope.requireInputs(inputs.size());
        for (int i = 0; i < inputs.size(); i++) {
            String name = inner.getInput(i).getName();
            scope.values.put(name, scope.builder.input(name, scope.generalize(inputs.get(i))));
        }
        scope.addNodes();
        ImmutableList<Value> outputs = scope.outputs();
        for (int i = 0; i < outputs.size(); i++) {
            // One value may be several outputs of a body, and only positions matter.
            scope.builder.output(i + "." + inner.getOutput(i).getName(), outputs.get(i));
        }
        return new Inner(
                scope.builder.build(), ImmutableList.copyOf(scope.captured.keySet()), ImmutableMap.copyOf(scope.sizes));
    }

    @Override
    public String freshSymbol(String wanted) {
        return model.freshSymbol(wanted);
    }

    private void requireInputs(int given) {
        if (graph.getInputCount() != given) {
            throw new SkiveException(
                    ExitCode.INVALID_MODEL,
                    "graph '%s' takes %d inputs, but is given %d"
                            .formatted(graph.getName(), graph.getInputCount(), given));
        }
    }

    private ImmutableList<Value> outputs() {
        if (graph.getOutputList().stream().anyMatch(output -> isSpoiled(output.getName()))) {
            // The problem itself is reported; this only keeps what depends on it from going on.
            throw new SkiveException(
                    ExitCode.INVALID_MODEL, "graph '%s' could not be imported".formatted(graph.getName()));
        }
        return graph.getOutputList().stream()
                .map(output -> value(output.getName()))
                .collect(ImmutableList.toImmutableList());
    }

    private void addInitializers() {
        for (TensorProto tensor : graph.getInitializerList()) {
            if (outer == null && model.options().openInputs().contains(tensor.getName())) {
                continue;
            }
            values.put(tensor.getName(), builder.constant(Origin.of(tensor.getName()), model.tensors().read(tensor)));
        }
        for (SparseTensorProto sparse : graph.getSparseInitializerList()) {
            String name = sparse.getValues().getName();
            values.put(name, builder.constant(Origin.of(name), model.tensors().read(sparse)));
        }
    }

    /// Adds the inputs that have no initializer; old models list initializers as inputs too.
    private ImmutableSet<String> addInputs() {
        List<ValueInfoProto> inputs =
                graph.getInputList().stream().filter(input -> !values.containsKey(input.getName())).toList();
        ImmutableMap<String, Type> types = new InputTypes(inputs, model.options(), model.diagnostics()).byName();
        types.forEach((name, type) -> values.put(name, builder.input(name, type)));
        return types.values().stream()
                .filter(TensorType.class::isInstance)
                .flatMap(type -> ((TensorType) type).shape().symbols().stream())
                .collect(ImmutableSet.toImmutableSet());
    }

    private void addNodes() {
        new NodeOrder(graph, this::isInSight).needed().forEach(this::addNode);
    }

    /// True when a graph around this one defines a name.
    private boolean isInSight(String name) {
        return outer != null && (outer.values.containsKey(name) || outer.isSpoiled(name) || outer.isInSight(name));
    }

    private boolean isSpoiled(String name) {
        return spoiled.contains(name) || (!values.containsKey(name) && outer != null && outer.isSpoiled(name));
    }

    private Value value(String name) {
        Value known = values.get(name);
        if (known != null) {
            return known;
        }
        if (outer == null) {
            throw new AssertionError("not imported: " + name);
        }
        Value around = outer.value(name);
        return builder == outer.builder ? around : capture(name, around);
    }

    /// What a value from outside is inside.
    private Value capture(String name, Value around) {
        Value inside = captured.get(around);
        if (inside != null) {
            return inside;
        }
        Optional<TensorData> constant = around.constant().or(() -> knownSizes(around));
        if (constant.isPresent()) {
            return builder.constant(Origin.of(name), constant.get());
        }
        if (around.isAbsent()) {
            return around;
        }
        Value input = builder.input(model.freshSymbol("captured:" + name), generalize(around.type()));
        captured.put(around, input);
        return input;
    }

    private static Optional<TensorData> knownSizes(Value value) {
        return value.contents()
                .filter(sizes -> sizes.stream().allMatch(Dim::isKnown))
                .map(sizes ->
                        TensorData.ofIntegers(
                                value.tensor().element(),
                                sizes.stream().mapToLong(Dim::known).toArray(),
                                value.shape().known()));
    }

    /// A type inside of a value from outside. Sizes that are symbols stay; one that is computed from symbols becomes a
    /// symbol of its own, because a body learns sizes only from the shapes of its inputs.
    private Type generalize(Type type) {
        return type instanceof TensorType(var element, var shape)
                ? new TensorType(element, Shape.of(shape.dims().stream().map(this::generalize).toList()))
                : type;
    }

    private Dim generalize(Dim dim) {
        if (dim.isKnown()) {
            return dim;
        }
        Dim inside =
                generalized.computeIfAbsent(
                        dim, size -> size.asSymbol().isPresent() ? size : Dim.symbol(model.freshSymbol("size")));
        inside.asSymbol().ifPresent(symbol -> sizes.put(symbol, dim));
        return inside;
    }

    private void addNode(int index) {
        NodeProto node = graph.getNode(index);
        if (node.getInputList().stream().anyMatch(this::isSpoiled)) {
            spoiled.addAll(node.getOutputList());
            return;
        }
        Origin origin = NodeNames.origin(node, index);
        try {
            ImmutableList<Value> operands =
                    node.getInputList().stream()
                            .map(name -> name.isEmpty() ? Value.ABSENT : value(name))
                            .collect(ImmutableList.toImmutableList());
            var attributes = new Attributes(node, origin);
            int opset = model.versions().of(node);
            var context = new NodeContext(node, opset, origin, operands, attributes, builder, model.tensors(), this);
            bind(node, origin, results(context));
        } catch (SkiveException e) {
            model.problems().add(e);
            spoiled.addAll(node.getOutputList());
        }
    }

    private static ImmutableList<Value> results(NodeContext context) {
        NodeProto node = context.proto();
        try {
            ImmutableList<Value> results =
                    Operators.find(OnnxVersions.domain(node.getDomain()), node.getOpType())
                            .orElseThrow(AssertionError::new)
                            .results(context);
            ImmutableSet<String> unread = context.attributes().unread();
            if (!unread.isEmpty()) {
                throw context.failure("%s: attributes %s are not supported", node.getOpType(), unread);
            }
            return results;
        } catch (TypeError e) {
            throw context.failure("%s: %s", node.getOpType(), e.getMessage());
        } catch (ArithmeticException e) {
            throw context.failure("%s: the sizes overflow 64 bits", node.getOpType());
        }
    }

    private void bind(NodeProto node, Origin origin, ImmutableList<Value> results) {
        for (int i = 0; i < node.getOutputCount(); i++) {
            String name = node.getOutput(i);
            Value result = i < results.size() ? results.get(i) : Value.ABSENT;
            if (!result.isAbsent()) {
                values.put(name, result);
            } else if (!name.isEmpty() && isUsed(name)) {
                spoiled.add(name);
                model.problems()
                        .add(
                                new SkiveException(
                                        ExitCode.INVALID_MODEL,
                                        origin,
                                        "result %d ('%s') of %s is not supported"
                                                .formatted(i, name, node.getOpType())));
            }
        }
    }

    private boolean isUsed(String name) {
        return used.get().contains(name);
    }

    private ImmutableSet<String> usedNames() {
        return Stream.concat(
                        graph.getNodeList().stream().flatMap(node -> node.getInputList().stream()),
                        graph.getOutputList().stream().map(ValueInfoProto::getName))
                .collect(ImmutableSet.toImmutableSet());
    }
}
