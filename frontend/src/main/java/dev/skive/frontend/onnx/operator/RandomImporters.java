package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.skive.frontend.onnx.file.OnnxTypes;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.ArgMax;
import dev.skive.ir.op.Reshape;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;

/// Operators that draw random numbers, as formulas over those of [RandomNumbers].
final class RandomImporters {
    private RandomImporters() {}

    static ImmutableMap<String, NodeImporter> all() {
        return ImmutableMap.<String, NodeImporter>builder()
                .put("Bernoulli", single(RandomImporters::bernoulli))
                .put("Multinomial", single(RandomImporters::multinomial))
                .put("RandomNormal", single(node -> normal(node, given(node), ElementType.FLOAT32)))
                .put("RandomNormalLike", single(node -> normal(node, node.shape(0), node.element(0))))
                .put("RandomUniform", single(node -> uniform(node, given(node), ElementType.FLOAT32)))
                .put("RandomUniformLike", single(node -> uniform(node, node.shape(0), node.element(0))))
                .buildOrThrow();
    }

    private static NodeImporter single(NodeImporter.Single importer) {
        return importer;
    }

    private static Shape given(NodeContext node) {
        ImmutableList<Long> sizes =
                node.attributes().integers("shape").orElseThrow(() -> node.failure("attribute 'shape' is missing"));
        if (sizes.stream().anyMatch(size -> size < 0)) {
            throw node.failure("attribute 'shape' %s has a negative size", sizes);
        }
        return Shape.of(sizes.stream().map(Dim::of).toList());
    }

    private static ElementType element(NodeContext node, ElementType absent) {
        return node.attributes()
                .integer("dtype")
                .map(number ->
                        OnnxTypes.element(number).orElseThrow(() -> node.failure("unknown element type %s", number)))
                .orElse(absent);
    }

    private static ElementType real(NodeContext node, ElementType absent) {
        ElementType element = element(node, absent);
        if (!element.isReal()) {
            throw node.failure("random numbers must be floating-point, not %s", element);
        }
        return element;
    }

    /// `low + (high - low) u`; rounding to a narrower type may give `high` itself.
    private static Value uniform(NodeContext node, Shape shape, ElementType absent) {
        double low = node.attributes().real("low", 0);
        double high = node.attributes().real("high", 1);
        ElementType element = real(node, absent);
        return new RandomNumbers(node).uniform(shape, 0).times(high - low).plus(low).as(element).value();
    }

    private static Value normal(NodeContext node, Shape shape, ElementType absent) {
        double mean = node.attributes().real("mean", 0);
        double scale = node.attributes().real("scale", 1);
        ElementType element = real(node, absent);
        return new RandomNumbers(node).normal(shape).times(scale).plus(mean).as(element).value();
    }

    /// 1 with the probability that the operand says, else 0.
    private static Value bernoulli(NodeContext node) {
        Term probability = Term.operand(node, 0).as(ElementType.FLOAT64);
        Term drawn = new RandomNumbers(node).uniform(node.shape(0), 0).isLess(probability);
        return drawn.as(element(node, node.element(0))).value();
    }

    /// Classes by their unnormalized log-probabilities: the greatest one after each got noise `-log(-log(u))` (Gumbel,
    /// "Statistical Theory of Extreme Values").
    private static Value multinomial(NodeContext node) {
        Shape shape = node.shape(0);
        if (shape.rank() != 2) {
            throw node.failure("the operand must have rank 2, found %s", node.operand(0).type());
        }
        long samples = node.attributes().integer("sample_size", 1);
        ElementType element = element(node, ElementType.INT32);
        Value rows = node.add(new Reshape(Shape.of(shape.dim(0), Dim.ONE, shape.dim(1)).dims()), node.operand(0));
        Shape drawn = Shape.of(shape.dim(0), Dim.of(samples), shape.dim(1));
        // Mirrored, since u may be 0 but not 1.
        Term mirrored = new RandomNumbers(node).uniform(drawn, 0).times(-1).plus(1);
        Term noise = mirrored.log().times(-1).log().times(-1);
        Term scores = new Term(node, rows).as(ElementType.FLOAT64).plus(noise);
        return new Term(node, node.add(new ArgMax(2, false, false), scores.value())).as(element).value();
    }
}
