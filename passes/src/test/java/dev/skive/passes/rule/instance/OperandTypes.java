package dev.skive.passes.rule.instance;

import dev.skive.ir.op.And;
import dev.skive.ir.op.Concat;
import dev.skive.ir.op.Contraction;
import dev.skive.ir.op.Elementwise;
import dev.skive.ir.op.Gather;
import dev.skive.ir.op.LayerNorm;
import dev.skive.ir.op.Linear;
import dev.skive.ir.op.MatMul;
import dev.skive.ir.op.Not;
import dev.skive.ir.op.Op;
import dev.skive.ir.op.Or;
import dev.skive.ir.op.RmsNorm;
import dev.skive.ir.op.Where;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/// Types of operands that an operator may well take beside others.
///
/// @param random decides
/// @param usual the element type of most tensors of this graph
record OperandTypes(Random random, ElementType usual) {
    private static final int[] SIZES = {0, 1, 1, 2, 2, 3, 3, 4, 6, 8};
    private static final int HIGHEST_RANK = 4;
    private static final List<Class<? extends Op>> LOGIC = List.of(And.class, Or.class, Not.class);

    /// A type for an operand.
    ///
    /// @param operator the operator
    /// @param index which operand
    /// @param others the operands that are there already, by index
    TensorType operand(Class<? extends Op> operator, int index, Map<Integer, TensorType> others) {
        ElementType element = element(operator, index, others);
        if (others.isEmpty()) {
            return new TensorType(element, shape());
        }
        Shape other = others.values().iterator().next().shape();
        boolean isProduct =
                Contraction.class.isAssignableFrom(operator) || operator == Linear.class || operator == MatMul.class;
        if (isProduct) {
            return new TensorType(element, factor(index, others));
        } else if (operator == Concat.class && other.rank() > 0) {
            return new TensorType(element, other.with(random.nextInt(other.rank()), size()));
        } else if (operator == LayerNorm.class || operator == RmsNorm.class) {
            return new TensorType(element, other.slice(random.nextInt(other.rank() + 1), other.rank()));
        }
        return new TensorType(element, beside(other));
    }

    private ElementType element(Class<? extends Op> operator, int index, Map<Integer, TensorType> others) {
        if (LOGIC.contains(operator) || (operator == Where.class && index == 0)) {
            return ElementType.BOOL;
        } else if (operator == Gather.class && index == 1) {
            return ElementType.INT64;
        }
        return others.entrySet().stream()
                .filter(other -> operator != Where.class || other.getKey() > 0)
                .filter(other -> Elementwise.class.isAssignableFrom(operator) || random.nextInt(8) > 0)
                .map(other -> other.getValue().element())
                .findFirst()
                .orElse(usual);
    }

    /// A shape that broadcasts with another one.
    private Shape beside(Shape other) {
        if (random.nextInt(3) == 0) {
            return other;
        }
        Shape shape = other.slice(random.nextInt(3) == 0 ? random.nextInt(other.rank() + 1) : 0, other.rank());
        var dims = new ArrayList<Dim>();
        for (Dim dim : shape.dims()) {
            dims.add(random.nextInt(3) == 0 ? Dim.ONE : dim.is(1) && random.nextInt(3) == 0 ? size() : dim);
        }
        if (random.nextInt(6) == 0) {
            dims.addFirst(random.nextBoolean() ? Dim.ONE : size());
        }
        return Shape.of(dims);
    }

    private Shape factor(int index, Map<Integer, TensorType> others) {
        return switch (index) {
            case 0 -> {
                Shape right = others.getOrDefault(1, others.values().iterator().next()).shape();
                Dim inner = right.rank() < 2 ? size() : right.dim(-2);
                yield Shape.of(size(), size()).slice(random.nextInt(2), 2).concat(Shape.of(inner));
            }
            case 1 -> {
                Shape left = others.getOrDefault(0, others.values().iterator().next()).shape();
                yield Shape.of(left.rank() == 0 ? size() : left.last(), size());
            }
            default -> {
                Shape right = others.getOrDefault(1, others.values().iterator().next()).shape();
                yield right.rank() == 0 ? right : Shape.of(right.last());
            }
        };
    }

    /// Any shape.
    Shape shape() {
        return Shape.of(IntStream.range(0, random.nextInt(HIGHEST_RANK + 1)).mapToObj(_ -> size()).toList());
    }

    private Dim size() {
        return random.nextInt(4) == 0
                ? Dim.symbol(random.nextBoolean() ? "n" : "m")
                : Dim.of(SIZES[random.nextInt(SIZES.length)]);
    }
}
