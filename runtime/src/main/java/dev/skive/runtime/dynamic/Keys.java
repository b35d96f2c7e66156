package dev.skive.runtime.dynamic;

import dev.skive.runtime.LongTensor;
import dev.skive.runtime.StringTensor;
import dev.skive.runtime.Tensor;
import dev.skive.runtime.Value;
import java.util.HashMap;
import java.util.Map;

/// Look-ups by key.
public final class Keys {
    private Keys() {}

    /// Where each element first occurs in a list of keys; the number of keys for what is none of them.
    public static Value places(Value value, Value keyList) {
        Tensor x = Control.tensor(value);
        Object[] keys = elements(Control.tensor(keyList));
        Map<Object, Integer> places = HashMap.newHashMap(keys.length);
        for (int i = 0; i < keys.length; i++) {
            places.putIfAbsent(keys[i], i);
        }
        Object[] elements = elements(x);
        var found = new long[elements.length];
        for (int i = 0; i < found.length; i++) {
            found[i] = places.getOrDefault(elements[i], keys.length);
        }
        return LongTensor.of(found, x.shape());
    }

    private static Object[] elements(Tensor tensor) {
        if (tensor instanceof StringTensor text) {
            return text.values();
        }
        var elements = new Object[Math.toIntExact(tensor.count())];
        switch (tensor.kind()) {
            case F32, F64 -> {
                double[] reals = Elements.reals(tensor);
                for (int i = 0; i < elements.length; i++) {
                    // Adding a zero makes a negative one positive.
                    elements[i] = reals[i] + 0.0;
                }
            }
            default -> {
                long[] integers = Elements.integers(tensor);
                for (int i = 0; i < elements.length; i++) {
                    elements[i] = integers[i];
                }
            }
        }
        return elements;
    }
}
