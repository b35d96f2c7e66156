package dev.skive.ir.op;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.eval.Datum;
import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.eval.IndexError;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Type;
import java.util.ArrayList;
import java.util.Arrays;

/// Elements of texts by their places: the texts are numbered through, first all elements of the first operand
///
/// **Shapes**: any texts, places `[p...]` -> `[p...]`.
/// **Types**: texts; places `i64` -> text.
/// **Numerics**: exact.
/// **Errors**: at run time, a place outside the texts.
/// **Source**: what data movement does to text; ONNX `Gather` of a `Concat`.
public record TextPick() implements Dynamic {
    @Override
    public Arity arity() {
        return Arity.atLeast(2);
    }

    @Override
    public ImmutableList<Type> infer(Operands operands) {
        return ImmutableList.of(operands.tensor(operands.size() - 1).withElement(ElementType.STRING));
    }

    @Override
    public ImmutableList<? extends Datum> evaluate(Evaluation evaluation) {
        var pool = new ArrayList<String>();
        int last = evaluation.operands().size() - 1;
        for (int i = 0; i < last; i++) {
            pool.addAll(evaluation.operand(i).text());
        }
        Tensor places = evaluation.operand(last);
        ImmutableList<String> picked =
                Arrays.stream(places.integers())
                        .mapToObj(place -> pool.get(IndexError.checked(place, pool.size())))
                        .collect(ImmutableList.toImmutableList());
        return ImmutableList.of(Tensor.ofText(picked, places.sizes()));
    }
}
