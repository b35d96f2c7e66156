package dev.skive.passes.norm;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.graph.Rewriter;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Add;
import dev.skive.ir.op.Conv;
import dev.skive.ir.op.Expand;
import dev.skive.ir.op.Op;
import dev.skive.ir.op.ReduceMean;
import dev.skive.ir.op.Reshape;
import dev.skive.ir.op.Slice;
import dev.skive.ir.type.Dim;
import dev.skive.passes.weight.HeldWeight;
import dev.skive.passes.weight.Weight;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The means over the channels that were taken away from a main branch, for readers that need them. They are computed from
/// what the branch is made of, with one channel instead of all, so that they cost next to nothing.
final class BranchMeans {
    private final MainBranch branch;
    private final String pass;
    private final Map<Value, Value> known = new HashMap<>();

    BranchMeans(MainBranch branch, String pass) {
        this.branch = branch;
        this.pass = pass;
    }

    /// Remembers the mean of a value of the old graph.
    void know(Value old, Value mean) {
        known.put(old, mean);
    }

    /// What a value of the old graph was before its mean was taken away.
    Value whole(Value old, Rewriter rewriter) {
        Origin origin = rewriter.source().origin(old.node()).touchedBy(pass);
        return rewriter.target().add(origin, new Add(), rewriter.map(old), mean(old, rewriter));
    }

    /// The mean of a value of the old graph, with one channel. Iterative, since branches are long.
    private Value mean(Value wanted, Rewriter rewriter) {
        var open = new java.util.ArrayDeque<Value>();
        open.push(wanted);
        while (!open.isEmpty()) {
            Value value = open.peek();
            List<Value> missing = missing(value);
            if (known.containsKey(value)) {
                open.pop();
            } else if (missing.isEmpty()) {
                known.put(value, compute(value, rewriter));
                open.pop();
            } else {
                missing.forEach(open::push);
            }
        }
        return known(wanted);
    }

    private Value known(Value value) {
        Value mean = known.get(value);
        if (mean == null) {
            throw new AssertionError("no mean of " + value);
        }
        return mean;
    }

    private List<Value> missing(Value value) {
        return carried(value).keySet().stream()
                .map(value.node()::operand)
                .filter(operand -> !Weight.is(operand) && !known.containsKey(operand))
                .toList();
    }

    private ImmutableMap<Integer, Integer> carried(Value value) {
        return branch.sources().contains(value.node()) || branch.hard().contains(value.node())
                ? ImmutableMap.of()
                : Carriage.operands(value.node(), axis(value));
    }

    private int axis(Value value) {
        Integer axis = branch.axes().get(value);
        if (axis == null) {
            throw new AssertionError("not on the branch: " + value);
        }
        return axis;
    }

    private Value compute(Value value, Rewriter rewriter) {
        Node node = value.node();
        Origin origin = rewriter.source().origin(node).touchedBy(pass);
        ImmutableMap<Integer, Integer> carried = carried(value);
        if (carried.isEmpty()) {
            return source(node, rewriter, origin);
        }
        var operands = new Value[node.operands().size()];
        for (int i = 0; i < operands.length; i++) {
            Value operand = node.operand(i);
            Integer axis = carried.get(i);
            if (axis == null) {
                operands[i] = rewriter.map(operand);
            } else {
                operands[i] = Weight.is(operand) ? held(operand, axis, rewriter, origin) : known(operand);
            }
        }
        return rewriter.target().add(origin, withOneChannel(node.op(), axis(value)), operands);
    }

    private static Value held(Value weight, int axis, Rewriter rewriter, Origin origin) {
        return rewriter.target().constant(origin, Centring.mean(HeldWeight.of(weight), axis));
    }

    /// A product or convolution with the mean of its weights over the output channels.
    private static Value source(Node node, Rewriter rewriter, Origin origin) {
        boolean convolution = node.op() instanceof Conv;
        List<Value> operands = new ArrayList<>();
        operands.add(rewriter.map(node.operand(0)));
        if (node.op() instanceof Conv conv && conv.groups() > 1) {
            Value whole =
                    rewriter.target()
                            .add(origin, conv, node.operands().stream().map(rewriter::map).toArray(Value[]::new));
            return rewriter.target().add(origin, new ReduceMean(ImmutableList.of(1), true), whole);
        }
        for (int i = 1; i < node.operands().size(); i++) {
            TensorData weight = HeldWeight.of(node.operand(i));
            int axis = convolution || i == 2 ? 0 : weight.rank() - 1;
            operands.add(rewriter.target().constant(origin, Centring.mean(weight, axis)));
        }
        return rewriter.target().add(origin, node.op(), operands.toArray(Value[]::new));
    }

    private static Op withOneChannel(Op op, int axis) {
        return switch (op) {
            case Reshape(ImmutableList<Dim> dims) -> new Reshape(withOne(dims, axis));
            case Expand(ImmutableList<Dim> dims) -> new Expand(withOne(dims, axis));
            case Slice(var starts, var sizes, var steps) -> new Slice(starts, withOne(sizes, axis), steps);
            default -> op;
        };
    }

    private static ImmutableList<Dim> withOne(ImmutableList<Dim> dims, int axis) {
        var changed = new ArrayList<>(dims);
        changed.set(axis, Dim.ONE);
        return ImmutableList.copyOf(changed);
    }
}
