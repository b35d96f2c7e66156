package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.op.Window;
import dev.skive.ir.type.Dim;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/// The attributes that say how a window moves, as all operators with windows spell them.
///
/// @param node the node
/// @param rank number of spatial axes
/// @param padding how operands are padded
/// @param strides from one position to the next
/// @param dilations from one element of the window to the next
/// @param pads elements before each axis, then elements after each axis
record WindowAttributes(
        NodeContext node,
        int rank,
        Padding padding,
        ImmutableList<Long> strides,
        ImmutableList<Long> dilations,
        ImmutableList<Long> pads) {
    /// The values of `auto_pad`.
    enum Padding {
        NOTSET,
        SAME_UPPER,
        SAME_LOWER,
        VALID
    }

    /// Reads the attributes of a node whose first operand is `[n, c, ...]`.
    static WindowAttributes of(NodeContext node) {
        int rank = node.shape(0).rank() - 2;
        if (rank < 1) {
            throw node.failure(
                    "%s needs an operand [n, c, ...] with spatial axes, found %s",
                    node.proto().getOpType(), node.operand(0).type());
        }
        return new WindowAttributes(
                node,
                rank,
                padding(node),
                list(node, "strides", rank, 1),
                list(node, "dilations", rank, 1),
                list(node, "pads", 2 * rank, 0));
    }

    private static Padding padding(NodeContext node) {
        String text = node.attributes().text("auto_pad", "NOTSET");
        for (Padding padding : Padding.values()) {
            if (padding.name().equals(text)) {
                return padding;
            }
        }
        throw node.failure("attribute 'auto_pad' must be NOTSET, SAME_UPPER, SAME_LOWER or VALID, found '%s'", text);
    }

    private static ImmutableList<Long> list(NodeContext node, String name, int size, long absent) {
        ImmutableList<Long> list =
                node.attributes()
                        .integers(name)
                        .filter(given -> !given.isEmpty())
                        .orElseGet(() -> ImmutableList.copyOf(Collections.nCopies(size, absent)));
        if (list.size() != size) {
            throw node.failure("attribute '%s' must have %s entries, found %s", name, size, list);
        }
        return list;
    }

    /// The entries of a list attribute, or `absent` for each spatial axis.
    ImmutableList<Long> list(String name, long absent) {
        return list(node, name, rank, absent);
    }

    /// The attribute `kernel_shape`, which pooling needs.
    ImmutableList<Long> kernel() {
        ImmutableList<Long> kernel =
                node.attributes()
                        .integers("kernel_shape")
                        .orElseThrow(() -> node.failure("attribute 'kernel_shape' is missing"));
        if (kernel.size() != rank) {
            throw node.failure("attribute 'kernel_shape' must have %s entries, found %s", rank, kernel);
        }
        return kernel;
    }

    /// Checks `kernel_shape` against the sizes of a weight.
    void checkKernel(List<Dim> kernel) {
        node.attributes()
                .integers("kernel_shape")
                .ifPresent(given -> {
                    boolean fits =
                            given.size() == rank
                                    && IntStream.range(0, rank)
                                            .noneMatch(axis -> kernel.get(axis).differsFrom(Dim.of(given.get(axis))));
                    if (!fits) {
                        throw node.failure("attribute 'kernel_shape' must be %s, found %s", kernel, given);
                    }
                });
    }

    /// The window, for an operand that it moves over.
    Window window(List<Dim> kernel) {
        return switch (padding) {
            case NOTSET -> padded(dims(pads.subList(0, rank)), dims(pads.subList(rank, 2 * rank)));
            case VALID -> padded(dims(Collections.nCopies(rank, 0L)), dims(Collections.nCopies(rank, 0L)));
            case SAME_UPPER, SAME_LOWER -> {
                List<Dim> sizes = node.shape(0).dims().subList(2, rank + 2);
                ImmutableList<Dim> none = dims(Collections.nCopies(rank, 0L));
                yield padded(none, none).same(sizes, kernel, padding == Padding.SAME_UPPER);
            }
        };
    }

    /// The window with this padding.
    Window padded(ImmutableList<Dim> before, ImmutableList<Dim> after) {
        return new Window(strides, dilations, before, after);
    }

    /// Numbers as sizes.
    static ImmutableList<Dim> dims(List<Long> numbers) {
        return numbers.stream().map(Dim::of).collect(ImmutableList.toImmutableList());
    }
}
