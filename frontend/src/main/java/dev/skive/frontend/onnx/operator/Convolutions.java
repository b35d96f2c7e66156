package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Conv;
import dev.skive.ir.op.ConvTranspose;
import dev.skive.ir.op.Op;
import dev.skive.ir.op.Window;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.Shape;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// Convolutions, pooling, and the normalizations that belong to them.
final class Convolutions {
    private Convolutions() {}

    /// Their importers by domain and name.
    static ImmutableMap<String, NodeImporter> importers() {
        return ImmutableMap.<String, NodeImporter>builder()
                .put("AveragePool", single(Poolings::average))
                .put("BatchNormalization", new BatchNormalizationImporter())
                .put("CausalConvWithState", new CausalConvolution())
                .put("Conv", single(Convolutions::conv))
                .put("ConvTranspose", single(Convolutions::transpose))
                .put("DeformConv", single(DeformableConvolution::of))
                .put("GlobalAveragePool", single(Poolings::globalAverage))
                .put("GlobalLpPool", single(Poolings::globalLp))
                .put("GlobalMaxPool", single(Poolings::globalMax))
                .put("GroupNormalization", single(ChannelNormalizations::group))
                .put("InstanceNormalization", single(ChannelNormalizations::instance))
                .put("LRN", single(ChannelNormalizations::localResponse))
                .put("LpPool", single(Poolings::lp))
                .put("MaxPool", Poolings::max)
                .put("MaxUnpool", single(Poolings::unpool))
                .put("com.microsoft.CausalConvWithState", new CausalConvolution())
                .put("com.microsoft.FusedConv", single(FusedConvolutions::fused))
                .put("com.microsoft.NhwcFusedConv", single(FusedConvolutions::channelsLast))
                .put("com.microsoft.NhwcMaxPool", single(FusedConvolutions::channelsLastMaxPool))
                .buildOrThrow();
    }

    private static NodeImporter single(NodeImporter.Single importer) {
        return importer;
    }

    /// `Conv`.
    static Value conv(NodeContext node) {
        var attributes = WindowAttributes.of(node);
        List<Dim> kernel = kernel(node, attributes);
        var op = new Conv(attributes.window(kernel), node.attributes().integer("group", 1));
        return biased(node, op);
    }

    private static Value biased(NodeContext node, Op op) {
        return node.has(2)
                ? node.add(op, node.operand(0), node.operand(1), node.operand(2))
                : node.add(op, node.operand(0), node.operand(1));
    }

    private static List<Dim> kernel(NodeContext node, WindowAttributes attributes) {
        Shape weight = node.shape(1);
        if (weight.rank() != attributes.rank() + 2) {
            throw node.failure(
                    "the weight must have the rank of the operand %s, found %s",
                    node.operand(0).type(), node.operand(1).type());
        }
        List<Dim> kernel = weight.dims().subList(2, weight.rank());
        attributes.checkKernel(kernel);
        return kernel;
    }

    /// `ConvTranspose`.
    static Value transpose(NodeContext node) {
        var attributes = WindowAttributes.of(node);
        List<Dim> kernel = kernel(node, attributes);
        ImmutableList<Long> extra = attributes.list("output_padding", 0);
        Window window =
                outputSizes(node, attributes.rank())
                        .map(sizes -> padded(attributes, kernel, extra, WindowAttributes.dims(sizes)))
                        .orElseGet(() -> transposed(attributes, kernel, extra));
        return biased(node, new ConvTranspose(window, node.attributes().integer("group", 1)));
    }

    /// The attribute `output_shape`, which may also give batch and channels.
    private static Optional<List<Long>> outputSizes(NodeContext node, int rank) {
        Optional<ImmutableList<Long>> sizes =
                node.attributes().integers("output_shape").filter(list -> !list.isEmpty());
        sizes.filter(list -> list.size() != rank && list.size() != rank + 2)
                .ifPresent(list -> {
                    throw node.failure("attribute 'output_shape' must have %s entries, found %s", rank, list);
                });
        return sizes.map(list -> list.subList(list.size() - rank, list.size()));
    }

    private static Window transposed(WindowAttributes attributes, List<Dim> kernel, List<Long> extra) {
        return switch (attributes.padding()) {
            case NOTSET, VALID -> {
                Window window = attributes.window(kernel);
                var after = ImmutableList.<Dim>builder();
                for (int axis = 0; axis < attributes.rank(); axis++) {
                    after.add(window.after().get(axis).plus(-extra.get(axis)));
                }
                yield attributes.padded(window.before(), after.build());
            }
            case SAME_UPPER, SAME_LOWER -> {
                var sizes = ImmutableList.<Dim>builder();
                for (int axis = 0; axis < attributes.rank(); axis++) {
                    sizes.add(attributes.node().shape(0).dim(axis + 2).times(attributes.strides().get(axis)));
                }
                yield padded(attributes, kernel, extra, sizes.build());
            }
        };
    }

    /// Padding that leads to a result of these sizes; output padding is cut off less at the end.
    private static Window padded(WindowAttributes attributes, List<Dim> kernel, List<Long> extra, List<Dim> sizes) {
        boolean upper = attributes.padding() == WindowAttributes.Padding.SAME_UPPER;
        int rank = attributes.rank();
        List<Dim> source = attributes.node().shape(0).dims().subList(2, rank + 2);
        ImmutableList<Dim> none = WindowAttributes.dims(Collections.nCopies(rank, 0L));
        return attributes.padded(none, none).spreading(source, kernel, extra, sizes, upper);
    }
}
