package dev.skive.ir.graph;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import dev.skive.ir.SkiveException;
import dev.skive.ir.op.Op;
import dev.skive.ir.op.Operands;
import dev.skive.ir.op.ShapeArithmetic;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.TensorType;
import dev.skive.ir.type.Type;
import dev.skive.ir.type.TypeError;
import java.util.Optional;

/// One application of an operator. A node exists only if its types could be inferred. Nodes are compared by identity;
/// within a graph they are hash-consed, so equal computations are the same node.
public final class Node {
    private static final int MAXIMUM_CONTENTS = 64;
    private static final ImmutableSet<ElementType> SIZE_TYPES =
            Sets.immutableEnumSet(ElementType.INT64, ElementType.INT32, ElementType.BOOL);

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
        types.forEach(Node::checkSizes);
        this.contents =
                isShapeLike() && op instanceof ShapeArithmetic arithmetic
                        ? contents(arithmetic, view).filter(this::fits)
                        : Optional.empty();
    }

    private static void checkSizes(Type type) {
        if (type instanceof TensorType tensor) {
            boolean negative = tensor.shape().dims().stream().anyMatch(dim -> dim.isKnown() && dim.known() < 0);
            TypeError.check(!negative, "the result %s has a negative size", tensor);
        }
    }

    /// Only the types that models compute sizes with: in narrower ones sums could wrap.
    private boolean isShapeLike() {
        return types.size() == 1
                && types.getFirst() instanceof TensorType type
                && SIZE_TYPES.contains(type.element())
                && type.shape().rank() <= 1
                && type.shape().isKnown()
                && type.shape().elementCount().known() <= MAXIMUM_CONTENTS;
    }

    private static Optional<ImmutableList<Dim>> contents(ShapeArithmetic op, Operands operands) {
        try {
            return op.contents(operands);
        } catch (ArithmeticException | SkiveException tooLarge) {
            return Optional.empty();
        }
    }

    private boolean fits(ImmutableList<Dim> values) {
        ElementType element = ((TensorType) types.getFirst()).element();
        return values.stream().allMatch(value -> !value.isKnown() || element.wrap(value.known()) == value.known());
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

    /// Every symbol in the sizes of its results.
    public ImmutableSet<String> symbols() {
        return types.stream()
                .filter(TensorType.class::isInstance)
                .flatMap(type -> ((TensorType) type).shape().symbols().stream())
                .collect(ImmutableSet.toImmutableSet());
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
