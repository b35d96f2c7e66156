package dev.skive.ir.op;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.TypeError;
import java.util.ArrayList;
import java.util.stream.IntStream;

/// Elements written into places of a tensor.
final class Scattering {
    private Scattering() {}

    /// Checks data (operand 0) and updates (operand 2).
    static void checkTypes(Operands operands, Combination combination) {
        TypeError.check(
                operands.element(0) == operands.element(2),
                "data %s and updates %s must have one element type",
                operands.tensor(0),
                operands.tensor(2));
        if (combination != Combination.REPLACE) {
            Domain.NUMERIC.check(0, operands.tensor(0));
        }
    }

    /// The data after update `i` was written to `places[i]`, for each in order.
    static Tensor write(Tensor data, int[] places, Tensor updates, Combination combination) {
        Evaluation.check(places.length == updates.count(), "%s places for %s updates", places.length, updates.count());
        return combination == Combination.REPLACE
                ? replace(data, places, updates)
                : combine(data, places, updates, combination);
    }

    private static Tensor replace(Tensor data, int[] places, Tensor updates) {
        int[] from = IntStream.range(0, data.count()).toArray();
        for (int i = 0; i < places.length; i++) {
            from[places[i]] = data.count() + i;
        }
        Tensor all = Concat.join(0, data.reshape(data.count()), updates.reshape(updates.count()));
        return all.pick(from, data.sizes());
    }

    private static Tensor combine(Tensor data, int[] places, Tensor updates, Combination combination) {
        var elements = new ArrayList<Tensor>();
        for (int i = 0; i < data.count(); i++) {
            elements.add(data.pick(new int[] {i}, 1));
        }
        for (int i = 0; i < places.length; i++) {
            Tensor update = updates.pick(new int[] {i}, 1);
            elements.set(places[i], combined(elements.get(places[i]), update, combination));
        }
        return elements.isEmpty() ? data : Concat.join(0, elements.toArray(Tensor[]::new)).reshape(data.sizes());
    }

    private static Tensor combined(Tensor there, Tensor update, Combination combination) {
        var frame = new ScalarFrame(ImmutableList.of(there, update), 1);
        return frame.evaluate(combination.expression(), there.element());
    }
}
