package dev.skive.ir.op;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Value;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.TensorType;
import dev.skive.ir.type.Type;
import dev.skive.ir.type.TypeError;
import java.util.Optional;
import java.util.stream.IntStream;

/// What an operator sees of its operands during type inference.
///
/// @param op the operator
/// @param values the operands
public record Operands(Op op, ImmutableList<Value> values) {
    /// Number of operands, absent ones included.
    public int size() {
        return values.size();
    }

    /// True when the operand was given.
    public boolean has(int index) {
        return index < values.size() && !values.get(index).isAbsent();
    }

    /// The type of an operand that must be a tensor.
    public TensorType tensor(int index) {
        Type type = values.get(index).type();
        TypeError.check(type instanceof TensorType, "operand %s must be a tensor, found %s", index, type);
        return (TensorType) type;
    }

    /// The shape of an operand.
    public Shape shape(int index) {
        return tensor(index).shape();
    }

    /// The element type of an operand.
    public ElementType element(int index) {
        return tensor(index).element();
    }

    /// The elements of an operand as sizes, when they are known.
    public Optional<ImmutableList<Dim>> contents(int index) {
        return values.get(index).contents();
    }

    /// The data of an operand that is a constant.
    public Optional<TensorData> constant(int index) {
        return values.get(index).constant();
    }

    /// The types of all operands that are given.
    public ImmutableList<TensorType> tensors() {
        return IntStream.range(0, size())
                .filter(this::has)
                .mapToObj(this::tensor)
                .collect(ImmutableList.toImmutableList());
    }

    /// The shape all operands from `first` on broadcast to.
    public Shape broadcastFrom(int first) {
        return IntStream.range(first, size()).mapToObj(this::shape).reduce(Shape::broadcast).orElse(Shape.SCALAR);
    }

    /// The element type that operands `first` and later share.
    ///
    /// @throws TypeError when they differ
    public ElementType sameElementFrom(int first) {
        ElementType expected = element(first);
        for (int i = first + 1; i < size(); i++) {
            if (has(i)) {
                TypeError.check(
                        element(i) == expected,
                        "operands %s and %s must have one element type, found %s and %s",
                        first,
                        i,
                        expected,
                        element(i));
            }
        }
        return expected;
    }

    /// Checks that an operand has real elements.
    public ElementType requireReal(int index) {
        TypeError.check(element(index).isReal(), "operand %s must be floating-point, found %s", index, tensor(index));
        return element(index);
    }

    /// Checks that an operand has integer elements.
    public ElementType requireInteger(int index) {
        TypeError.check(element(index).isInteger(), "operand %s must be integer, found %s", index, tensor(index));
        return element(index);
    }

    /// Checks that an operand has an axis, counted from the front.
    public void requireAxis(int index, int axis) {
        TypeError.check(
                axis >= 0 && axis < shape(index).rank(),
                "axis %s is outside operand %s %s (the IR counts axes from the front)",
                axis,
                index,
                tensor(index));
    }

    /// Checks that an operand broadcasts to a shape without enlarging it.
    public void requireFits(int index, Shape target) {
        TypeError.check(
                shape(index).broadcastsTo(target),
                "operand %s %s does not broadcast to %s",
                index,
                tensor(index),
                target);
    }

    /// Checks the rank of an operand.
    public Shape requireRank(int index, int rank) {
        TypeError.check(
                shape(index).rank() == rank, "operand %s must have rank %s, found %s", index, rank, tensor(index));
        return shape(index);
    }
}
