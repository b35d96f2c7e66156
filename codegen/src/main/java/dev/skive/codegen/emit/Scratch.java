package dev.skive.codegen.emit;

import dev.skive.ir.type.Dim;
import java.util.LinkedHashSet;
import java.util.Set;

/// The sizes a run needs: named ones, and the scratch space of each worker.
///
/// @param sizes named sizes
/// @param floats how many floats some kernel needs
/// @param rows how many arrays of which width some kernel needs
record Scratch(SizeNames sizes, Set<Dim> floats, Set<KernelMethod.ScratchRows> rows) {
    Scratch(SizeNames sizes) {
        this(sizes, new LinkedHashSet<>(), new LinkedHashSet<>());
    }

    /// Takes over what a kernel asked for.
    void add(KernelMethod method) {
        floats.addAll(method.scratch());
        rows.addAll(method.scratchRows());
    }
}
