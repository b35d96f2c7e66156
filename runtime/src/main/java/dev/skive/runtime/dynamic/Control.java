package dev.skive.runtime.dynamic;

import dev.skive.runtime.BooleanTensor;
import dev.skive.runtime.LongTensor;
import dev.skive.runtime.Model;
import dev.skive.runtime.Tensor;
import dev.skive.runtime.TensorInfo;
import dev.skive.runtime.Value;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How a compiled model goes from one compiled part to the next.
public final class Control {
    private Control() {}

    /// The results of a compiled part, in order.
    public static Value[] call(Model part, Value... operands) {
        var inputs = new LinkedHashMap<String, Tensor>();
        List<TensorInfo> expected = part.inputs();
        for (int i = 0; i < operands.length; i++) {
            inputs.put(expected.get(i).name(), tensor(operands[i]));
        }
        Map<String, Tensor> outputs = part.run(inputs);
        return outputs.values().toArray(Value[]::new);
    }

    /// A value that must be a tensor.
    ///
    /// @throws IllegalArgumentException when it is a sequence or missing
    public static Tensor tensor(Value value) {
        if (value instanceof Tensor tensor) {
            return tensor;
        }
        throw new IllegalArgumentException("the inputs lead to " + value + " where a tensor is needed");
    }

    /// A tensor of a value's shape for a compiled part that needs no more of it.
    public static Value sizesOf(Value value) {
        return BooleanTensor.allocate(tensor(value).shape());
    }

    /// The sizes of some axes of a value.
    public static Value shape(Value value, int start, int end) {
        long[] shape = tensor(value).shape();
        return LongTensor.of(Arrays.copyOfRange(shape, start, end), end - start);
    }

    /// The size of an axis of a value.
    public static long size(Value value, int axis) {
        return tensor(value).size(axis);
    }

    /// What a condition says.
    ///
    /// @throws IllegalArgumentException when it is not one element
    public static boolean holds(Value condition) {
        Tensor tensor = tensor(condition);
        if (tensor.count() != 1) {
            throw new IllegalArgumentException("a condition must be one element, found " + tensor);
        }
        return Elements.integers(tensor)[0] != 0;
    }
}
