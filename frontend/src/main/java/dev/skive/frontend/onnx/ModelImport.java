package dev.skive.frontend.onnx;

import com.google.common.base.Suppliers;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.skive.frontend.onnx.file.OnnxVersions;
import dev.skive.frontend.onnx.file.TensorReader;
import dev.skive.frontend.onnx.operator.Attributes;
import dev.skive.frontend.onnx.operator.NodeContext;
import dev.skive.frontend.onnx.operator.Operators;
import dev.skive.frontend.onnx.proto.GraphProto;
import dev.skive.frontend.onnx.proto.ModelProto;
import dev.skive.frontend.onnx.proto.NodeProto;
import dev.skive.frontend.onnx.proto.SparseTensorProto;
import dev.skive.frontend.onnx.proto.TensorProto;
import dev.skive.frontend.onnx.proto.ValueInfoProto;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.GraphBuilder;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.graph.Value;
import dev.skive.ir.type.TensorType;
import dev.skive.ir.type.TypeError;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// The import of one model: values by name, built node by node. A node that cannot be imported spoils what depends on it
/// but does not stop the others, so that all errors are reported together.
final class ModelImport {
    private final ModelProto model;
    private final GraphProto graph;
    private final ImportOptions options;
    private final Diagnostics diagnostics;
    private final TensorReader tensors;
    private final GraphBuilder builder;
    private final Map<String, Value> values = new HashMap<>();
    private final Set<String> spoiled = new HashSet<>();
    private final Problems problems = new Problems();
    private final Supplier<ImmutableSet<String>> used = Suppliers.memoize(this::usedNames);

    ModelImport(ModelProto model, ImportOptions options, Diagnostics diagnostics, TensorReader tensors) {
        this.model = model;
        this.graph = model.getGraph();
        this.options = options;
        this.diagnostics = diagnostics;
        this.tensors = tensors;
        this.builder = new GraphBuilder(graph.getName());
    }

    Graph graph() {
        var versions = OnnxVersions.of(model);
        new ModelLimits(options.limits()).check(model);
        ImmutableList<Integer> order = new NodeOrder(graph).needed();
        new UnsupportedOperators(versions).check(graph, order);
        addInitializers();
        ImmutableSet<String> symbols = addInputs();
        order.forEach(index -> addNode(index, versions));
        problems.throwIfAny();
        var declared = new DeclaredTypes(symbols, diagnostics);
        for (ValueInfoProto output : graph.getOutputList()) {
            Value value = value(output.getName());
            declared.checkOutput(output, value);
            builder.output(output.getName(), value);
        }
        declared.checkValues(graph.getValueInfoList(), values);
        Graph built = builder.build();
        new ValueLimits(options.limits()).check(built);
        return built;
    }

    private void addInitializers() {
        for (TensorProto tensor : graph.getInitializerList()) {
            values.put(tensor.getName(), builder.constant(Origin.of(tensor.getName()), tensors.read(tensor)));
        }
        for (SparseTensorProto sparse : graph.getSparseInitializerList()) {
            String name = sparse.getValues().getName();
            values.put(name, builder.constant(Origin.of(name), tensors.read(sparse)));
        }
    }

    /// Adds the inputs that have no initializer; old models list initializers as inputs too.
    private ImmutableSet<String> addInputs() {
        List<ValueInfoProto> inputs =
                graph.getInputList().stream().filter(input -> !values.containsKey(input.getName())).toList();
        ImmutableMap<String, TensorType> types = new InputTypes(inputs, options, diagnostics).byName();
        types.forEach((name, type) -> values.put(name, builder.input(name, type)));
        return types.values().stream()
                .flatMap(type -> type.shape().symbols().stream())
                .collect(ImmutableSet.toImmutableSet());
    }

    private Value value(String name) {
        return Optional.ofNullable(values.get(name)).orElseThrow(() -> new AssertionError("not imported: " + name));
    }

    private void addNode(int index, OnnxVersions versions) {
        NodeProto node = graph.getNode(index);
        if (node.getInputList().stream().anyMatch(spoiled::contains)) {
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
            var context =
                    new NodeContext(
                            node, versions.of(node.getDomain()), origin, operands, attributes, builder, tensors);
            bind(node, origin, results(context));
        } catch (SkiveException e) {
            problems.add(e);
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
                problems.add(
                        new SkiveException(
                                ExitCode.INVALID_MODEL,
                                origin,
                                "result %d ('%s') of %s is not supported".formatted(i, name, node.getOpType())));
            }
        }
    }

    private ImmutableSet<String> usedNames() {
        return Stream.concat(
                        graph.getNodeList().stream().flatMap(node -> node.getInputList().stream()),
                        graph.getOutputList().stream().map(ValueInfoProto::getName))
                .collect(ImmutableSet.toImmutableSet());
    }

    private boolean isUsed(String name) {
        return used.get().contains(name);
    }
}
