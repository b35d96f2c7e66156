package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Tanh;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import java.util.List;

/// Experimental operators that ONNX had before opset 7 and took back, and that ONNX Runtime still has in the standard
/// domain.
final class OldExperiments {
    private OldExperiments() {}

    static ImmutableMap<String, NodeImporter> all() {
        return ImmutableMap.<String, NodeImporter>builder()
                .put("Affine", single(OldExperiments::affine))
                .put("Crop", single(OldExperiments::crop))
                .put("DynamicSlice", new SliceImporter())
                .put("ImageScaler", single(OldExperiments::scaleImage))
                .put("ParametricSoftplus", single(OldExperiments::softplus))
                .put("Scale", single(OldExperiments::scale))
                .put("ScaledTanh", single(OldExperiments::tanh))
                .buildOrThrow();
    }

    private static NodeImporter single(NodeImporter.Single importer) {
        return importer;
    }

    /// `alpha x + beta`.
    private static Value affine(NodeContext node) {
        float alpha = node.attributes().real("alpha", 1);
        return Term.operand(node, 0).times(alpha).plus(node.attributes().real("beta", 0)).value();
    }

    /// `scale x`.
    private static Value scale(NodeContext node) {
        return Term.operand(node, 0).times(node.attributes().real("scale", 1)).value();
    }

    /// `alpha tanh(beta x)`.
    private static Value tanh(NodeContext node) {
        Term x = Term.operand(node, 0).times(required(node, "beta"));
        return x.with(new Tanh()).times(required(node, "alpha")).value();
    }

    /// `alpha log(1 + e^(beta x))`.
    private static Value softplus(NodeContext node) {
        Term x = Term.operand(node, 0).times(required(node, "beta"));
        return Activations.softplus(x).times(required(node, "alpha")).value();
    }

    private static float required(NodeContext node, String attribute) {
        return node.attributes()
                .real(attribute)
                .orElseThrow(() -> node.failure("attribute '%s' is missing", attribute));
    }

    /// `scale x` plus a bias per channel.
    private static Value scaleImage(NodeContext node) {
        Term x = Term.operand(node, 0);
        List<Float> bias = node.attributes().reals("bias").<List<Float>>map(list -> list).orElse(List.of());
        requireImage(node, x.value());
        if (x.value().shape().dim(1).differsFrom(Dim.of(bias.size()))) {
            throw node.failure("%s biases do not fit the channels of %s", bias.size(), x.value().type());
        }
        double[] numbers = bias.stream().mapToDouble(Float::doubleValue).toArray();
        Value column = node.constant(TensorData.ofReals(ElementType.FLOAT32, numbers, numbers.length, 1, 1));
        Term scaled = x.times(node.attributes().real("scale", 1));
        return scaled.plus(new Term(node, column).as(x.element())).value();
    }

    /// An image without its borders: left, top, right, bottom; or of a given height and width behind the first two.
    private static Value crop(NodeContext node) {
        Value x = node.operand(0);
        requireImage(node, x);
        List<Long> border = list(node, "border", 4);
        Shape shape = x.shape();
        boolean isSized = node.attributes().integers("scale").filter(list -> !list.isEmpty()).isPresent();
        Dim height = shape.dim(2).plus(-border.get(1) - border.get(3));
        Dim width = shape.dim(3).plus(-border.get(0) - border.get(2));
        if (isSized) {
            List<Long> size = list(node, "scale", 2);
            height = Dim.of(size.get(0));
            width = Dim.of(size.get(1));
        }
        var layout = new Layout(node);
        Value rows = layout.slice(x, 2, Dim.of(border.get(1)), height);
        return layout.slice(rows, 3, Dim.of(border.get(0)), width);
    }

    private static void requireImage(NodeContext node, Value x) {
        if (x.shape().rank() != 4) {
            throw node.failure("the operand must have rank 4, found %s", x.type());
        }
    }

    private static ImmutableList<Long> list(NodeContext node, String attribute, int size) {
        return node.attributes()
                .integers(attribute)
                .filter(list -> list.size() == size && list.stream().allMatch(number -> number >= 0))
                .orElseThrow(() -> node.failure("attribute '%s' must have %s sizes", attribute, size));
    }
}
