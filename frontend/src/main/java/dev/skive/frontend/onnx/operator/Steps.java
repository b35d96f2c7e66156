package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.GraphBuilder;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Body;
import dev.skive.ir.op.Loop;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.TensorType;
import dev.skive.ir.type.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// A loop that an importer puts together: states that go from step to step, values from around it, and what each step
/// computes. All states have to be there before the first value.
final class Steps {
    private final NodeContext outer;
    private final NodeContext inner;
    private final GraphBuilder builder;
    private final Value index;
    private final Value goesOn;
    private final List<Value> states = new ArrayList<>();
    private final List<Value> captured = new ArrayList<>();
    private final Map<Dim, Dim> sizes = new HashMap<>();
    private final Map<String, Dim> around = new HashMap<>();

    Steps(NodeContext node) {
        this.outer = node;
        this.builder = new GraphBuilder("steps");
        this.inner = node.withBuilder(builder);
        this.index = builder.input("step", new TensorType(ElementType.INT64, Shape.SCALAR));
        this.goesOn = builder.input("condition", new TensorType(ElementType.BOOL, Shape.SCALAR));
    }

    /// The node, for what a step computes.
    NodeContext node() {
        return inner;
    }

    /// The number of the step.
    Value index() {
        return index;
    }

    /// A state as a step finds it.
    Value state(Value first) {
        states.add(first);
        return builder.input("state" + states.size(), inside(first.tensor()));
    }

    /// A value from around the loop.
    Value value(Value value) {
        if (value.constant().isPresent()) {
            return inner.constant(value.constant().get());
        }
        captured.add(value);
        return builder.input("value" + captured.size(), inside(value.tensor()));
    }

    /// A size inside: one that is computed from symbols becomes a symbol, since a graph learns sizes from its inputs.
    private Dim inside(Dim dim) {
        return sizes.computeIfAbsent(
                dim,
                size -> {
                    if (size.isKnown()) {
                        return size;
                    }
                    Dim symbol = size.asSymbol().isPresent() ? size : Dim.symbol(outer.freshSymbol("size"));
                    symbol.asSymbol().ifPresent(name -> around.put(name, size));
                    return symbol;
                });
    }

    private Type inside(TensorType type) {
        return type.withShape(Shape.of(type.shape().dims().stream().map(this::inside).toList()));
    }

    /// The states after all steps, then one result per step put together along a new first axis, for each that is wanted.
    ///
    /// @param count number of steps, a rank-0 int64
    /// @param steps the same as a size
    /// @param next the states as a step leaves them
    /// @param slices what each step adds to results
    ImmutableList<Value> results(Value count, Dim steps, List<Value> next, List<Value> slices) {
        var types = new ArrayList<Type>();
        builder.output("condition", goesOn);
        for (int i = 0; i < states.size(); i++) {
            builder.output("next" + i, next.get(i));
            types.add(states.get(i).type());
        }
        for (int i = 0; i < slices.size(); i++) {
            builder.output("slice" + i, slices.get(i));
            Shape shape = slices.get(i).shape();
            var dims = shape.dims().stream().map(dim -> dim.substitute(around)).toList();
            types.add(slices.get(i).tensor().withShape(Shape.of(steps).concat(Shape.of(dims))));
        }
        var operands = new ArrayList<Value>(List.of(count, Value.ABSENT));
        operands.addAll(states);
        operands.addAll(captured);
        ImmutableList<Integer> places =
                IntStream.range(0, captured.size())
                        .mapToObj(i -> 2 + states.size() + i)
                        .collect(ImmutableList.toImmutableList());
        var op = new Loop(new Body(builder.build(), places), states.size(), ImmutableList.copyOf(types));
        Node loop = outer.builder().addNode(outer.origin(), op, operands);
        return IntStream.range(0, types.size()).mapToObj(loop::result).collect(ImmutableList.toImmutableList());
    }
}
