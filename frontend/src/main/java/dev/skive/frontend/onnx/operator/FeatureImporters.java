package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Doubles;
import com.google.common.primitives.Longs;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Gather;
import dev.skive.ir.op.ReduceMax;
import dev.skive.ir.op.ReduceSum;
import dev.skive.ir.op.Reshape;
import dev.skive.ir.op.Sqrt;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import java.util.ArrayList;
import java.util.List;

/// Operators of `ai.onnx.ml` that prepare features.
final class FeatureImporters {
    private FeatureImporters() {}

    /// The operand as rows of features, in `f32`; a vector is one row.
    static Term rows(NodeContext node) {
        return rows(node, ElementType.FLOAT32);
    }

    /// The operand as rows of features.
    static Term rows(NodeContext node, ElementType element) {
        return matrix(node, 0).as(element);
    }

    private static Term matrix(NodeContext node, int index) {
        Shape shape = node.shape(index);
        if (shape.rank() == 1) {
            return new Term(node, new Layout(node).reshape(node.operand(index), Dim.ONE, shape.dim(0)));
        }
        if (shape.rank() != 2) {
            throw node.failure("operand %s must be [n, features] or [features], found %s", index, shape);
        }
        return Term.operand(node, index);
    }

    /// `Scaler`: `(x - offset) scale`, in `f64` for `f64`, else in `f32`.
    static Value scale(NodeContext node) {
        Term x = Term.operand(node, 0);
        Term real = x.element() == ElementType.FLOAT64 ? x : x.as(ElementType.FLOAT32);
        Term offset = perFeature(real, reals(node, "offset"), "offset");
        Term scale = perFeature(real, reals(node, "scale"), "scale");
        Term moved = real.minus(offset);
        return moved.times(scale).as(ElementType.FLOAT32).value();
    }

    private static double[] reals(NodeContext node, String name) {
        return Doubles.toArray(
                node.attributes().reals(name).orElseThrow(() -> node.failure("attribute '%s' is missing", name)));
    }

    /// One number for all features or one for each.
    private static Term perFeature(Term x, double[] numbers, String name) {
        NodeContext node = x.node();
        if (numbers.length == 1) {
            return x.number(numbers[0]);
        }
        Shape shape = x.value().shape();
        boolean fits = (shape.rank() == 1 || shape.rank() == 2) && !shape.last().differsFrom(Dim.of(numbers.length));
        if (!fits) {
            throw node.failure(
                    "attribute '%s' must have one element or one per feature of %s, found %s",
                    name, shape, numbers.length);
        }
        return new Term(node, node.constant(TensorData.ofReals(x.element(), numbers, numbers.length)));
    }

    /// `Binarizer`: 1 above a threshold, else 0. Integers are compared as real numbers.
    static Value binarize(NodeContext node) {
        Term x = Term.operand(node, 0);
        Term real = x.element().isReal() ? x : x.as(ElementType.FLOAT64);
        return real.isMore(node.attributes().real("threshold", 0)).as(x.element()).value();
    }

    /// `Imputer`: other values in the place of one, which may be NaN.
    static Value impute(NodeContext node) {
        Term x = Term.operand(node, 0);
        double replacedReal = node.attributes().real("replaced_value_float", 0);
        long replacedInteger = node.attributes().integer("replaced_value_int64", 0);
        var reals = node.attributes().reals("imputed_value_floats").filter(list -> !list.isEmpty());
        var integers = node.attributes().integers("imputed_value_int64s").filter(list -> !list.isEmpty());
        if (reals.isPresent() == integers.isPresent()) {
            throw node.failure("one of 'imputed_value_floats' and 'imputed_value_int64s' must be given");
        }
        if (x.element().isReal() != reals.isPresent()) {
            throw node.failure("imputed values are not of the type of %s", x.value().type());
        }
        if (x.element().isReal()) {
            Term other = perFeature(x, Doubles.toArray(reals.orElseThrow()), "imputed_value_floats");
            Term isReplaced = Double.isNaN(replacedReal) ? x.isEqual(x).not() : x.isEqual(replacedReal);
            return isReplaced.choose(other, x).value();
        }
        long[] numbers = Longs.toArray(integers.orElseThrow());
        Term other = new Term(node, node.constant(integers(x, numbers)));
        Term replaced = new Term(node, node.constant(integers(x, replacedInteger)));
        return x.isEqual(replaced).choose(other, x).value();
    }

    private static TensorData integers(Term x, long... numbers) {
        for (long number : numbers) {
            if (x.element().wrap(number) != number) {
                throw x.node().failure("%s does not fit %s", number, x.element());
            }
        }
        if (numbers.length == 1) {
            return TensorData.ofIntegers(x.element(), numbers);
        }
        perFeature(x, new double[numbers.length], "imputed_value_int64s");
        return TensorData.ofIntegers(x.element(), numbers, numbers.length);
    }

    /// `Normalizer`: rows divided by their maximum or norm, unless that is 0.
    static Value normalize(NodeContext node) {
        Term x = rows(node);
        String norm = node.attributes().text("norm", "MAX");
        ImmutableList<Integer> features = ImmutableList.of(1);
        Term size =
                switch (norm) {
                    case "MAX" -> x.with(new ReduceMax(features, true));
                    case "L1" -> x.abs().with(new ReduceSum(features, true));
                    case "L2" -> x.times(x).with(new ReduceSum(features, true)).with(new Sqrt());
                    default -> throw node.failure("norm must be MAX, L1 or L2, found '%s'", norm);
                };
        Term divisor = size.isEqual(0).choose(size.number(1), size);
        return node.add(new Reshape(node.shape(0).dims()), x.over(divisor).value());
    }

    /// `ArrayFeatureExtractor`: elements of the last axis; those of a vector become a row.
    static Value extract(NodeContext node) {
        Shape shape = node.shape(0);
        if (shape.rank() == 0) {
            throw node.failure("operand 0 must have an axis");
        }
        var layout = new Layout(node);
        Value places = node.operand(1);
        Value flat = layout.reshape(places, places.shape().elementCount());
        Value x = shape.rank() == 1 ? layout.reshape(node.operand(0), Dim.ONE, shape.dim(0)) : node.operand(0);
        return node.add(new Gather(x.shape().rank() - 1), x, flat);
    }

    /// `FeatureVectorizer`: features side by side in `f32`, each operand cut or filled with zeros to a given width.
    static Value vectorize(NodeContext node) {
        List<Long> widths =
                node.attributes()
                        .integers("inputdimensions")
                        .orElseThrow(() -> node.failure("attribute 'inputdimensions' is missing"));
        if (widths.size() != node.operands().size()) {
            throw node.failure("%s operands, but %s widths", node.operands().size(), widths.size());
        }
        var layout = new Layout(node);
        var parts = new ArrayList<Value>();
        for (int i = 0; i < widths.size(); i++) {
            Shape shape = node.shape(i);
            Dim rows = shape.rank() == 1 ? Dim.ONE : shape.dim(0);
            Dim found = shape.rank() == 1 ? shape.dim(0) : shape.slice(1, shape.rank()).elementCount();
            Value x = layout.cast(layout.reshape(node.operand(i), rows, found), ElementType.FLOAT32);
            parts.add(width(node, x, widths.get(i)));
        }
        return layout.concat(1, parts.toArray(Value[]::new));
    }

    private static Value width(NodeContext node, Value x, long width) {
        var layout = new Layout(node);
        long found =
                x.shape()
                        .dim(1)
                        .ifKnown()
                        .orElseThrow(() -> node.failure("the number of features must be known, found %s", x.type()));
        return found >= width ? layout.slice(x, 1, Dim.ZERO, Dim.of(width)) : layout.padded(x, 1, Dim.of(width), 0);
    }
}
