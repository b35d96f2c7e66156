package dev.skive.codegen.emit;

import com.google.common.collect.ImmutableList;
import dev.skive.codegen.plan.Buffer;
import dev.skive.codegen.plan.CopyKernel;
import dev.skive.codegen.plan.View;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import java.util.Optional;

/// Calls of methods that do nothing.
final class SampleCalls {
    private SampleCalls() {}

    static Call call(String method, Argument... arguments) {
        var buffer = new Buffer(0, "x", ElementType.FLOAT32, Dim.ONE, Optional.empty());
        View view = View.contiguous(buffer, Shape.of(1));
        return new Call(method, ImmutableList.copyOf(arguments), new CopyKernel(Origin.of("node"), view, view));
    }
}
