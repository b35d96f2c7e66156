package dev.skive.ir.op;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.eval.Datum;
import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Type;
import java.util.HashMap;
import java.util.Map;

/// A number for each text, equal for equal texts: they are numbered in the order in which they first occur
///
/// **Shapes**: any number of texts -> for each, numbers of its shape.
/// **Types**: text -> `i64`.
/// **Numerics**: exact.
/// **Errors**: none.
/// **Source**: comparisons and look-ups of text.
public record TextCodes() implements Dynamic {
    @Override
    public Arity arity() {
        return Arity.atLeast(1);
    }

    @Override
    public ImmutableList<Type> infer(Operands operands) {
        return operands.tensors().stream()
                .map(type -> type.withElement(ElementType.INT64))
                .collect(ImmutableList.toImmutableList());
    }

    @Override
    public ImmutableList<? extends Datum> evaluate(Evaluation evaluation) {
        Map<String, Long> codes = new HashMap<>();
        var results = ImmutableList.<Tensor>builder();
        for (int i = 0; i < evaluation.operands().size(); i++) {
            Tensor text = evaluation.operand(i);
            long[] numbers =
                    text.text().stream()
                            .mapToLong(word -> codes.computeIfAbsent(word, added -> (long) codes.size()))
                            .toArray();
            results.add(Tensor.ofIntegers(ElementType.INT64, numbers, text.sizes()));
        }
        return results.build();
    }
}
