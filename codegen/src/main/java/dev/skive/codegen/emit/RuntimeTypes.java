package dev.skive.codegen.emit;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.TypeName;
import dev.skive.ir.type.ElementType;
import java.util.Locale;

/// The classes of the runtime that generated code uses.
final class RuntimeTypes {
    static final ClassName INTEGER_MATH = of("IntegerMath");
    static final ClassName REAL_MATH = of("RealMath");
    static final ClassName SCALAR_MATH = of("ScalarMath");
    static final ClassName SIZES = of("Sizes");
    static final ClassName SMALL_FLOAT = of("SmallFloat");
    static final ClassName WORKER = of("Worker");
    static final ClassName WEIGHTS = of("Weights");

    static final ClassName VALUE = of("Value");
    static final TypeName VALUES = ArrayTypeName.of(VALUE);

    private RuntimeTypes() {}

    /// A class that evaluates what is not compiled.
    static ClassName dynamic(String name) {
        return ClassName.get("dev.skive.runtime.dynamic", name);
    }

    /// The constant of an element type.
    static CodeBlock kind(ElementType element) {
        return CodeBlock.of("$T.$L", of("ElementKind"), element.text().toUpperCase(Locale.ROOT));
    }

    static ClassName of(String name) {
        return ClassName.get("dev.skive.runtime", name);
    }
}
