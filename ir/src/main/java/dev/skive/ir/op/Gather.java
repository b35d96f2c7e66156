package dev.skive.ir.op;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.eval.IndexError;
import dev.skive.ir.eval.Strides;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.Type;
import java.util.Arrays;
import java.util.Optional;

/// The slices of `data` along `axis` that `indices` name
///
/// **Shapes**: `[a..., n, b...]`, `[i...]` -> `[a..., i..., b...]`.
/// **Types**: any data, integer indices.
/// **Numerics**: exact; a negative index counts from the end.
/// **Errors**: at run time, an index outside `[-n, n)`.
/// **Source**: ONNX `Gather`.
///
/// @param axis the axis, counted from the front
public record Gather(int axis) implements DataMovement, ShapeArithmetic {
    @Override
    public Arity arity() {
        return Arity.exactly(2);
    }

    @Override
    public ImmutableList<Type> infer(Operands operands) {
        Shape data = operands.shape(0);
        operands.requireAxis(0, axis);
        operands.requireInteger(1);
        Shape result = data.slice(0, axis).concat(operands.shape(1)).concat(data.slice(axis + 1, data.rank()));
        return ImmutableList.of(operands.tensor(0).withShape(result));
    }

    @Override
    public ImmutableList<Tensor> evaluate(Evaluation evaluation) {
        Tensor data = evaluation.operand(0);
        long[] indexes = evaluation.integers(1);
        int count = data.size(axis);
        int outer = Strides.count(Arrays.copyOf(data.sizes(), axis));
        int inner = Strides.count(Arrays.copyOfRange(data.sizes(), axis + 1, data.rank()));
        var picked = new int[outer * indexes.length * inner];
        int at = 0;
        for (int i = 0; i < outer; i++) {
            for (long index : indexes) {
                int from = (i * count + IndexError.checked(index, count)) * inner;
                for (int k = 0; k < inner; k++) {
                    picked[at++] = from + k;
                }
            }
        }
        return ImmutableList.of(data.pick(picked, evaluation.sizes(0)));
    }

    @Override
    public Optional<ImmutableList<Dim>> contents(Operands operands) {
        var data = operands.contents(0);
        var indexes = operands.contents(1);
        if (data.isEmpty() || indexes.isEmpty() || operands.shape(0).rank() != 1) {
            return Optional.empty();
        }
        var picked = ImmutableList.<Dim>builder();
        for (Dim index : indexes.get()) {
            long size = data.get().size();
            if (!index.isKnown() || index.known() < -size || index.known() >= size) {
                return Optional.empty();
            }
            picked.add(data.get().get(IndexError.checked(index.known(), (int) size)));
        }
        return Optional.of(picked.build());
    }
}
