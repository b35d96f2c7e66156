package dev.skive.codegen.plan;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Elementwise;
import dev.skive.ir.op.Input;
import dev.skive.ir.op.Source;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.TensorType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Lowers a graph to a kernel plan: keeps the books of buffers, weights and kernels, and lets [Lowering] decide per node.
public final class Planner {
    private final Graph graph;
    private final Fusion fusion;
    private final Map<Value, View> views = new HashMap<>();
    private final Map<TensorData, Weight> weights = new LinkedHashMap<>();
    private final List<Kernel> kernels = new ArrayList<>();
    private final List<Constraint> constraints = new ArrayList<>();
    private int buffers;

    private Planner(Graph graph) {
        this.graph = graph;
        this.fusion = Fusion.of(graph);
    }

    /// The plan of a graph.
    ///
    /// @throws dev.skive.ir.SkiveException when it uses types generated code cannot hold
    public static KernelPlan plan(Graph graph) {
        return new Planner(graph).plan();
    }

    private KernelPlan plan() {
        for (Value input : graph.inputs()) {
            views.put(input, temporary(input, ((Input) input.node().op()).name()));
        }
        var lowering = new Lowering(this);
        var tails = fusion.tails();
        for (Node node : graph.nodes()) {
            if (node.op() instanceof Source || fusion.isAbsorbed(node)) {
                continue;
            }
            View view =
                    Optional.ofNullable(tails.get(node))
                            .map(tail -> new TailLowering(this, tail).lower())
                            .or(() ->
                                    Optional.ofNullable(fusion.convolutions().get(node))
                                            .map(tail -> new WindowedLowering(this).convTail(tail)))
                            .orElseGet(() -> lowering.lower(node));
            views.put(node.result(), view);
        }
        ImmutableList<KernelPlan.Port> outputs =
                graph.outputs().entrySet().stream()
                        .map(entry -> outputPort(entry.getKey(), entry.getValue()))
                        .collect(ImmutableList.toImmutableList());
        return new KernelPlan(
                graph.name(),
                graph.inputs().stream().map(this::inputPort).collect(ImmutableList.toImmutableList()),
                outputs,
                Schedule.of(kernels),
                ImmutableList.copyOf(weights.values()),
                constraints.stream().distinct().collect(ImmutableList.toImmutableList()));
    }

    private KernelPlan.Port inputPort(Value input) {
        return new KernelPlan.Port(
                ((Input) input.node().op()).name(), input.tensor(), view(input), IndexLimits.of(graph, input));
    }

    private KernelPlan.Port outputPort(String name, Value value) {
        View view = contiguous(view(value), graph.origin(value.node()));
        return new KernelPlan.Port(name, value.tensor(), view, 0);
    }

    /// The graph.
    Graph graph() {
        return graph;
    }

    /// Which nodes share a kernel.
    Fusion fusion() {
        return fusion;
    }

    /// Where a node came from.
    Origin origin(Node node) {
        return graph.origin(node);
    }

    /// The origin of several nodes.
    Origin origin(Iterable<Node> nodes) {
        Origin merged = null;
        for (Node node : nodes) {
            merged = merged == null ? origin(node) : merged.merge(origin(node));
        }
        if (merged == null) {
            throw new AssertionError("a kernel without nodes");
        }
        return merged;
    }

    /// Where a value lies. Constants get a buffer of their own on first use.
    View view(Value value) {
        View known = views.get(value);
        if (known != null) {
            return known;
        }
        TensorData data =
                value.constant().orElseThrow(() -> new AssertionError("value used before it is computed: " + value));
        View view = constant(firstName(value.node()), data);
        views.put(value, view);
        return view;
    }

    /// A constant that is made when a model is compiled.
    View constant(String name, TensorData data) {
        var buffer = new Buffer(buffers++, name, data.element(), Dim.of(data.count()), Optional.of(data));
        return View.contiguous(buffer, data.type().shape());
    }

    /// A constant vector of zeros.
    View zeros(long count) {
        return constant("zeros", TensorData.ofFloats(new float[Math.toIntExact(count)], count));
    }

    /// A constant vector of zeros, one element when their number is open.
    View zeros(ElementType element, Dim count) {
        int known = count.isKnown() ? Math.toIntExact(count.known()) : 1;
        return constant("zeros", TensorData.ofReals(element, new double[known], known));
    }

    private String firstName(Node node) {
        return origin(node).sources().iterator().next();
    }

    /// A new temporary for a value.
    View temporary(Value value, String name) {
        return temporary(value.tensor(), name);
    }

    /// A new temporary named after the node that writes it.
    View temporary(Node node) {
        return temporary(node.result(), firstName(node));
    }

    /// A new temporary.
    View temporary(TensorType type, String name) {
        Storage.of(type.element());
        var buffer = new Buffer(buffers++, name, type.element(), type.shape().elementCount(), Optional.empty());
        return View.contiguous(buffer, type.shape());
    }

    /// A constant in the weights file.
    Weight weight(Value value, Weight.Layout layout) {
        TensorData data = value.constant().orElseThrow(AssertionError::new);
        return weight(value.node(), data, layout);
    }

    /// Data made from a constant, in the weights file under its name.
    Weight weight(Node node, TensorData data, Weight.Layout layout) {
        return weights.computeIfAbsent(data, key -> new Weight(weights.size(), firstName(node), data, layout));
    }

    /// Appends a kernel.
    ///
    /// @return the view it writes
    View add(Kernel kernel) {
        kernels.add(kernel);
        return kernel.write();
    }

    /// Notes that two sizes must be equal, unless they are so anyway.
    void require(Dim left, Dim right, Origin origin) {
        if (!left.equals(right)) {
            constraints.add(new Constraint(left, right, origin));
        }
    }

    /// The view itself when it is row-major without gaps, else a copy.
    View contiguous(View view, Origin origin) {
        return view.isContiguous() ? view : copy(view, origin);
    }

    /// A row-major copy of a view.
    View copy(View view, Origin origin) {
        View target = temporary(new TensorType(view.element(), view.shape()), view.buffer().name());
        return add(new CopyKernel(origin, view, target));
    }

    /// A view as rows of consecutive elements, copied when it does not lie so.
    Matrix matrix(View view, Origin origin) {
        return view.asMatrix().orElseGet(() -> copy(view, origin).asMatrix().orElseThrow(AssertionError::new));
    }

    /// A view as rows of which kernels may read a few more than there are: never a constant, never backwards.
    Matrix openMatrix(View view, Origin origin) {
        return matrix(open(view, origin), origin);
    }

    /// A view behind whose last row kernels may read: never a constant, never backwards.
    View open(View view, Origin origin) {
        boolean isOpen = !view.buffer().isConstant() && view.strides().stream().allMatch(Dim::isNeverNegative);
        return isOpen ? view : copy(view, origin);
    }

    /// A view with other sizes, copied when it cannot be had without.
    View reshape(View view, Shape target, Origin origin) {
        return view.reshape(target)
                .orElseGet(() -> copy(view, origin).reshape(target).orElseThrow(AssertionError::new));
    }

    /// A view broadcast to the shape of a result; sizes that are neither equal nor 1 must turn out equal.
    View broadcast(View view, Shape target, Origin origin) {
        int lead = target.rank() - view.shape().rank();
        for (int axis = 0; axis < view.shape().rank(); axis++) {
            if (!view.shape().dim(axis).is(1)) {
                require(view.shape().dim(axis), target.dim(axis + lead), origin);
            }
        }
        return view.expand(target);
    }

    /// Emits a loop over a formula.
    View loop(Node root) {
        var formula = new Formula(fusion, root);
        Origin origin = origin(formula.nodes());
        Shape shape = root.result().shape();
        ImmutableList<View> reads =
                formula.arguments().stream()
                        .map(argument -> broadcast(view(argument), shape, origin))
                        .collect(ImmutableList.toImmutableList());
        return add(
                new LoopKernel(origin, KernelNames.of(formula.nodes()), reads, formula.expression(), temporary(root)));
    }

    /// True when a node is computed by a loop of its own.
    static boolean isLoop(Node node) {
        return node.op() instanceof Elementwise;
    }

    /// True for float32 values, which the fast kernels are for.
    static boolean isFloat(Value value) {
        return value.tensor().element() == ElementType.FLOAT32;
    }
}
