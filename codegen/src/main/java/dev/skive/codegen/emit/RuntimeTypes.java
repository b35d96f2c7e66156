package dev.skive.codegen.emit;

import com.palantir.javapoet.ClassName;

/// The classes of the runtime that generated code uses.
final class RuntimeTypes {
    static final ClassName INTEGER_MATH = of("IntegerMath");
    static final ClassName REAL_MATH = of("RealMath");
    static final ClassName SCALAR_MATH = of("ScalarMath");
    static final ClassName SIZES = of("Sizes");
    static final ClassName SMALL_FLOAT = of("SmallFloat");
    static final ClassName WORKER = of("Worker");
    static final ClassName WEIGHTS = of("Weights");

    private RuntimeTypes() {}

    static ClassName of(String name) {
        return ClassName.get("dev.skive.runtime", name);
    }
}
