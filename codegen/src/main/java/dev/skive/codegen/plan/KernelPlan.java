package dev.skive.codegen.plan;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.type.TensorType;
import java.util.stream.Collectors;

/// What a generated class does in one run, in order.
///
/// @param name the name of the model
/// @param inputs what the caller gives
/// @param outputs what the caller gets
/// @param kernels the steps
/// @param weights large constants, in order of first use
/// @param constraints what must hold between sizes
public record KernelPlan(
        String name,
        ImmutableList<Port> inputs,
        ImmutableList<Port> outputs,
        ImmutableList<Kernel> kernels,
        ImmutableList<Weight> weights,
        ImmutableList<Constraint> constraints) {
    /// An input or output.
    ///
    /// @param name what the model calls it
    /// @param type its type
    /// @param view where it lies, contiguous
    /// @param indexLimit one more than the largest valid element, for integer inputs that index tables; 0 for no limit
    public record Port(String name, TensorType type, View view, long indexLimit) {}

    /// Every kernel on a line, for `--print-plan`.
    public String print() {
        return kernels.stream().map(KernelPlan::line).collect(Collectors.joining("\n"));
    }

    private static String line(Kernel kernel) {
        String reads = kernel.reads().stream().map(View::toString).collect(Collectors.joining(" "));
        String weights = kernel.weights().stream().map(w -> " w" + w.index()).collect(Collectors.joining());
        return "%s <- %s %s%s  // %s".formatted(kernel.write(), kernel.verb(), reads, weights, kernel.origin());
    }
}
