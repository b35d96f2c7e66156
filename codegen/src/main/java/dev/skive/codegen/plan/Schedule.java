package dev.skive.codegen.plan;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The order kernels run in: what needs no weights, such as the preparation of masks, comes first, so that identical
/// layers are identical sequences of kernels.
final class Schedule {
    private Schedule() {}

    static ImmutableList<Kernel> of(List<Kernel> kernels) {
        Set<Buffer> weighted = new HashSet<>();
        List<Kernel> first = new ArrayList<>();
        List<Kernel> rest = new ArrayList<>();
        for (Kernel kernel : kernels) {
            boolean late =
                    !kernel.weights().isEmpty()
                            || weighted.contains(kernel.write().buffer())
                            || kernel.reads().stream().anyMatch(view -> weighted.contains(view.buffer()));
            if (late) {
                weighted.add(kernel.write().buffer());
            }
            (late ? rest : first).add(kernel);
        }
        return ImmutableList.<Kernel>builder().addAll(first).addAll(rest).build();
    }
}
