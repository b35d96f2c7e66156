package dev.skive.frontend.lang;

import dev.skive.ir.type.AbsentType;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.OptionalType;
import dev.skive.ir.type.SequenceType;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.TensorType;
import dev.skive.ir.type.Type;
import dev.skive.ir.type.UnrankedType;

/// Types in text: `f32[batch, 384]`, `f32[...]`, `seq(i64[])`, `optional(f32[n])`.
final class TypeText {
    private TypeText() {}

    static String print(Type type) {
        return switch (type) {
            case TensorType(ElementType element, Shape shape) -> element.text() + SizeText.print(shape);
            case UnrankedType(ElementType element) -> element.text() + "[...]";
            case SequenceType(Type element) -> "seq(" + print(element) + ")";
            case OptionalType(Type element) -> "optional(" + print(element) + ")";
            case AbsentType absent -> "absent";
        };
    }
}
