package dev.skive.codegen.emit;

import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import dev.skive.codegen.plan.Kernel;
import java.util.List;

/// An instruction set that kernels are written for.
sealed interface Target permits ScalarTarget, VectorTarget {
    /// What the name of the network's class ends with.
    String suffix();

    /// The class comment; `$T` is the model's class.
    String description();

    /// Constants of the class.
    List<FieldSpec> fields(GeneratedNames names);

    /// Methods that the constants need.
    List<MethodSpec> methods();

    /// Writes the method of a kernel.
    void emit(Kernel kernel, KernelMethod method);
}
