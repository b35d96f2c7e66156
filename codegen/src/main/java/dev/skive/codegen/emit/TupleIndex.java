package dev.skive.codegen.emit;

import com.palantir.javapoet.CodeBlock;
import dev.skive.codegen.plan.View;

/// Where the slice starts that a tuple of indices names.
final class TupleIndex {
    private TupleIndex() {}

    /// Declares `place`, relative to the start of a view, for tuple `row`; the Java variable `indices` is where the tuples
    /// start.
    ///
    /// @param first the axis of `data` that the first index is for
    static CodeBlock of(KernelMethod method, View indices, View data, int first) {
        long tuple = indices.shape().last().known();
        var code = CodeBlock.builder().addStatement("int place = 0");
        for (int k = 0; k < tuple; k++) {
            String place = method.array(indices) + "[indices + row * " + tuple + " + " + k + "]";
            code.addStatement(
                    "place += $T.index($L, $L) * $L",
                    RuntimeTypes.SIZES,
                    ScalarCode.load(place, indices.element()),
                    method.size(data.shape().dim(first + k)),
                    method.size(data.stride(first + k)));
        }
        return code.build();
    }
}
