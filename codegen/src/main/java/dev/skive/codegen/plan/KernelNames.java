package dev.skive.codegen.plan;

import dev.skive.ir.graph.Node;
import java.util.List;
import java.util.stream.Collectors;

/// Names of kernels after the operators they compute.
final class KernelNames {
    private static final int SHOWN = 4;

    private KernelNames() {}

    /// `subMulAdd` for a chain of three operators; long chains are cut.
    static String of(List<Node> nodes) {
        String joined =
                nodes.stream()
                        .limit(SHOWN)
                        .map(node -> node.op().getClass().getSimpleName())
                        .collect(Collectors.joining());
        String more = nodes.size() > SHOWN ? "And" + (nodes.size() - SHOWN) + "More" : "";
        return Character.toLowerCase(joined.charAt(0)) + joined.substring(1) + more;
    }
}
