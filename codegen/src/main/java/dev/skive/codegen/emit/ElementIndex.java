package dev.skive.codegen.emit;

import com.palantir.javapoet.CodeBlock;
import dev.skive.codegen.plan.View;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.Shape;

/// Where the element lies that index `i` names: at the index along one axis, at the position of `i` along the others.
final class ElementIndex {
    private ElementIndex() {}

    /// Declares `place`, relative to the start of a view; the Java variable `indices` is where the indices start.
    static CodeBlock of(KernelMethod method, View indices, View data, int axis) {
        Shape shape = indices.shape();
        Shape after = shape.slice(axis + 1, shape.rank());
        Dim inner = after.elementCount();
        Dim block = inner.times(shape.dim(axis));
        String index = ScalarCode.load(method.array(indices) + "[indices + i]", indices.element());
        String outside = RowIndex.of(method, "(i / " + method.size(block) + ")", shape.slice(0, axis), data, 0);
        String inside = RowIndex.of(method, "(i % " + method.size(inner) + ")", after, data, axis + 1);
        return CodeBlock.builder()
                .addStatement(
                        "final int index = $T.index($L, $L)",
                        RuntimeTypes.SIZES,
                        index,
                        method.size(data.shape().dim(axis)))
                .addStatement("final int place = index * $L$L$L", method.size(data.stride(axis)), outside, inside)
                .build();
    }

    /// Checks that indices are nowhere larger than the data beside the axis.
    static CodeBlock checks(KernelMethod method, View indices, View data, int axis) {
        var code = CodeBlock.builder();
        for (int i = 0; i < data.shape().rank(); i++) {
            Dim asked = indices.shape().dim(i);
            Dim there = data.shape().dim(i);
            boolean open = !there.minus(asked).isKnown();
            if (i != axis && open) {
                code.addStatement(
                        "$T.requireWithin($L, $L)", RuntimeTypes.SIZES, method.size(asked), method.size(there));
            }
        }
        return code.build();
    }
}
