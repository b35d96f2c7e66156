package dev.skive.codegen.emit;

import com.palantir.javapoet.CodeBlock;
import dev.skive.ir.type.ElementType;
import java.util.Locale;

/// Floats of at most 8 bits as Java source: `float` to compute with, their bits in storage.
final class SmallFloats {
    private SmallFloats() {}

    private static String format(ElementType type) {
        return "dev.skive.runtime.SmallFloat." + type.text().toUpperCase(Locale.ROOT);
    }

    /// An element in storage as a number.
    static String load(String element, ElementType type) {
        return format(type) + ".decode(" + element + ")";
    }

    /// A number as it is stored.
    static CodeBlock encode(ElementType type, CodeBlock value) {
        return call(type, "encode", value);
    }

    /// A number rounded to the type.
    static CodeBlock round(ElementType type, CodeBlock value) {
        return call(type, "round", value);
    }

    private static CodeBlock call(ElementType type, String method, CodeBlock value) {
        return CodeBlock.of(
                "$T.$L.$L($L)", RuntimeTypes.SMALL_FLOAT, type.text().toUpperCase(Locale.ROOT), method, value);
    }
}
