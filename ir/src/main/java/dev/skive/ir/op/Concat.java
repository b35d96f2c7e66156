package dev.skive.ir.op;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.eval.Strides;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.Type;
import dev.skive.ir.type.TypeError;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/// Operands one after the other along an axis
///
/// **Shapes**: equal except along `axis`, where sizes add up.
/// **Types**: all, the same for every operand.
/// **Numerics**: exact.
/// **Errors**: ranks or other sizes that differ.
/// **Source**: ONNX `Concat`.
///
/// @param axis the axis, counted from the front
public record Concat(int axis) implements DataMovement, ShapeArithmetic {
    @Override
    public Arity arity() {
        return Arity.atLeast(1);
    }

    @Override
    public ImmutableList<Type> infer(Operands operands) {
        operands.sameElementFrom(0);
        Shape shape = operands.shape(0);
        operands.requireAxis(0, axis);
        for (int i = 1; i < operands.size(); i++) {
            Shape next = operands.shape(i);
            TypeError.check(
                    fits(shape, next), "operand 0 %s and operand %s %s differ beside axis %s", shape, i, next, axis);
            shape = shape.with(axis, shape.dim(axis).plus(next.dim(axis)));
        }
        return ImmutableList.of(operands.tensor(0).withShape(shape));
    }

    private boolean fits(Shape a, Shape b) {
        return a.rank() == b.rank()
                && IntStream.range(0, a.rank()).allMatch(i -> i == axis || !a.dim(i).differsFrom(b.dim(i)));
    }

    @Override
    public ImmutableList<Tensor> evaluate(Evaluation evaluation) {
        Tensor[] parts = evaluation.operands().stream().map(Optional::orElseThrow).toArray(Tensor[]::new);
        return ImmutableList.of(join(axis, parts));
    }

    /// Tensors one after the other along an axis.
    static Tensor join(int axis, Tensor... parts) {
        long[] sizes = parts[0].sizes();
        sizes[axis] = Arrays.stream(parts).mapToLong(part -> part.size(axis)).sum();
        int[] strides = Strides.of(sizes);
        int count = Strides.count(sizes);
        ElementType element = parts[0].element();
        var reals = new double[element.isReal() ? count : 0];
        var integers = new long[!element.isReal() && element != ElementType.STRING ? count : 0];
        var text = new String[element == ElementType.STRING ? count : 0];
        int start = 0;
        for (Tensor part : parts) {
            long[] fitting = sizes.clone();
            fitting[axis] = part.size(axis);
            Evaluation.check(
                    Arrays.equals(part.sizes(), fitting),
                    "sizes %s and %s differ beside the axis",
                    part.sizes(),
                    sizes);
            int[] targets = Strides.offsets(part.sizes(), strides, start * strides[axis]);
            for (int i = 0; i < targets.length; i++) {
                switch (element.kind()) {
                    case REAL -> reals[targets[i]] = part.reals()[i];
                    case TEXT -> text[targets[i]] = part.text().get(i);
                    default -> integers[targets[i]] = part.integers()[i];
                }
            }
            start += part.size(axis);
        }
        return switch (element.kind()) {
            case REAL -> Tensor.ofReals(element, reals, sizes);
            case TEXT -> Tensor.ofText(ImmutableList.copyOf(text), sizes);
            default -> Tensor.ofIntegers(element, integers, sizes);
        };
    }

    @Override
    public Optional<ImmutableList<Dim>> contents(Operands operands) {
        var all = ImmutableList.<Dim>builder();
        for (int i = 0; i < operands.size(); i++) {
            if (operands.contents(i).isEmpty()) {
                return Optional.empty();
            }
            all.addAll(operands.contents(i).get());
        }
        return Optional.of(all.build());
    }
}
