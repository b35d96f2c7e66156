package dev.skive.frontend.lang;

import dev.skive.ir.data.TensorData;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/// Constants in full, `f32[2] { 1, 2.5 }`.
final class TensorText {
    private TensorText() {}

    static String print(TensorData data) {
        String type = TypeText.print(data.type());
        return data.count() == 0
                ? type + " {}"
                : LongStream.range(0, data.count())
                        .mapToObj(index -> ElementText.print(data, index))
                        .collect(Collectors.joining(", ", type + " { ", " }"));
    }

    /// What is read back when such a constant, which is not of text, is printed.
    static TensorData read(TensorData data) {
        var bytes = TensorData.allocate(data.element(), data.count());
        for (long i = 0; i < data.count(); i++) {
            ElementText.read(ElementText.print(data, i), data.element(), bytes, i);
        }
        return TensorData.wrap(data.element(), data.sizes(), bytes);
    }
}
