package dev.skive.ir.op;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.skive.ir.eval.Datum;
import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Type;
import dev.skive.ir.type.TypeError;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// Where each element first occurs in a list of keys; the number of keys for what is none of them
///
/// **Shapes**: `[d...]`, keys `[k]` -> `[d...]`.
/// **Types**: both of one, of text, `i64`, `f32` and `f64` -> `i64`.
/// **Numerics**: exact; NaN is a key like others, and zeros of both signs are one key.
/// **Errors**: none.
/// **Source**: ONNX `ai.onnx.ml.LabelEncoder`.
public record KeyPlaces() implements Dynamic {
    private static final ImmutableSet<ElementType> ELEMENTS =
            ImmutableSet.of(ElementType.STRING, ElementType.INT64, ElementType.FLOAT32, ElementType.FLOAT64);

    @Override
    public Arity arity() {
        return Arity.exactly(2);
    }

    @Override
    public ImmutableList<Type> infer(Operands operands) {
        operands.requireRank(1, 1);
        ElementType element = operands.sameElementFrom(0);
        TypeError.check(ELEMENTS.contains(element), "operands must be one of %s, found %s", ELEMENTS, element);
        return ImmutableList.of(operands.tensor(0).withElement(ElementType.INT64));
    }

    @Override
    public ImmutableList<? extends Datum> evaluate(Evaluation evaluation) {
        IntFunction<Object> keys = elements(evaluation.operand(1));
        int count = evaluation.operand(1).count();
        Map<Object, Integer> places = new HashMap<>();
        for (int i = 0; i < count; i++) {
            places.putIfAbsent(keys.apply(i), i);
        }
        Tensor x = evaluation.operand(0);
        IntFunction<Object> elements = elements(x);
        long[] found =
                IntStream.range(0, x.count()).mapToLong(i -> places.getOrDefault(elements.apply(i), count)).toArray();
        return ImmutableList.of(Tensor.ofIntegers(ElementType.INT64, found, x.sizes()));
    }

    private static IntFunction<Object> elements(Tensor tensor) {
        if (tensor.element() == ElementType.STRING) {
            return tensor.text()::get;
        }
        double[] reals = tensor.reals();
        long[] integers = tensor.integers();
        // Adding a zero makes a negative one positive.
        return tensor.element().isReal() ? i -> reals[i] + 0.0 : i -> integers[i];
    }
}
