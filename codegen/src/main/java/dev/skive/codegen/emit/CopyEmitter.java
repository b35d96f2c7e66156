package dev.skive.codegen.emit;

import com.google.common.collect.ImmutableList;
import dev.skive.codegen.plan.CopyKernel;
import java.util.List;

/// Copies, with `System.arraycopy` where both sides are consecutive.
final class CopyEmitter implements KernelEmitter<CopyKernel> {
    @Override
    public void emit(CopyKernel kernel, KernelMethod method) {
        var views = ImmutableList.of(kernel.write(), kernel.read());
        List<String> starts = List.of(method.offset("out", kernel.write()), method.offset("in", kernel.read()));
        LoopEmitter.arrays(method, views, starts);
        var nest = new LoopNest(kernel.write().shape(), views);
        ImmutableList<String> rows = nest.open(method, starts);
        nest.bounds(method);
        if (nest.innerStride(0).is(1) && nest.innerStride(1).is(1)) {
            method.code()
                    .addStatement(
                            "System.arraycopy(inArray, $L + from, outArray, $L + from, to - from)",
                            rows.get(1),
                            rows.get(0));
        } else {
            method.code().beginControlFlow("for (int i = from; i < to; i++)");
            method.code()
                    .addStatement(
                            "outArray[$L] = inArray[$L]",
                            nest.index(method, rows.get(0), 0),
                            nest.index(method, rows.get(1), 1));
            method.code().endControlFlow();
        }
        nest.close(method);
    }
}
