package dev.skive.codegen.emit;

import dev.skive.codegen.plan.Kernel;

/// Writes the method of one kind of kernel for one instruction set.
///
/// @param <K> the kind of kernel
interface KernelEmitter<K extends Kernel> {
    /// Writes the body; `w` is the workspace, `worker` this thread's share of the work. Every worker calls it, and all
    /// workers meet at a barrier afterwards.
    void emit(K kernel, KernelMethod method);
}
