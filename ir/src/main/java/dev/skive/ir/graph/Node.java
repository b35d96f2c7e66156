package dev.skive.ir.graph;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.op.Op;
import dev.skive.ir.op.Operands;
import dev.skive.ir.op.ShapeArithmetic;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.TensorType;
import dev.skive.ir.type.Type;
import java.util.Optional;

/// One application of an operator. A node exists only if its types could be inferred. Nodes are compared by identity;
/// within a graph they are hash-consed, so equal computations are the same node.
public final class Node {
    private static final int MAXIMUM_CONTENTS = 64;

    private final Op op;
    private final ImmutableList<Value> operands;
    private final ImmutableList<Type> types;
    private final Optional<ImmutableList<Dim>> contents;

    Node(Op op, ImmutableList<Value> operands) {
        this.op = op;
        this.operands = operands;
        var view = new Operands(op, operands);
        op.arity().check(view);
        this.types = op.infer(view);
        this.contents =
                isShapeLike() && op instanceof ShapeArithmetic arithmetic
                        ? arithmetic.contents(view)
                        : Optional.empty();
    }

    private boolean isShapeLike() {
        return types.size() == 1
                && types.getFirst() instanceof TensorType type
                && (type.element().isInteger() || !type.element().isReal())
                && type.shape().rank() <= 1
                && type.shape().isKnown()
                && type.shape().elementCount().known() <= MAXIMUM_CONTENTS;
    }

    /// The operator.
    public Op op() {
        return op;
    }

    /// What it is applied to.
    public ImmutableList<Value> operands() {
        return operands;
    }

    /// One operand.
    public Value operand(int index) {
        return operands.get(index);
    }

    /// The types of its results.
    public ImmutableList<Type> types() {
        return types;
    }

    /// The elements of its only result as sizes; see [Value#contents()].
    public Optional<ImmutableList<Dim>> contents() {
        return contents;
    }

    /// One of its results.
    public Value result(int index) {
        return new Value(this, java.util.Objects.checkIndex(index, types.size()));
    }

    /// Its first result.
    public Value result() {
        return result(0);
    }

    @Override
    public String toString() {
        return op + " : " + types;
    }
}
