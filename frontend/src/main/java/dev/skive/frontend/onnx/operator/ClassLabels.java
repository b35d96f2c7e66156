package dev.skive.frontend.onnx.operator;

import com.google.common.primitives.Longs;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.ArgMax;
import dev.skive.ir.op.Reshape;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import java.util.List;

/// The labels of the classes of a classifier.
///
/// @param node the node
/// @param labels text or int64
record ClassLabels(NodeContext node, TensorData labels) {
    /// The labels that a node gives under this name or as text.
    static ClassLabels of(NodeContext node, String integers) {
        var names = node.attributes().texts("classlabels_strings").filter(list -> !list.isEmpty());
        var numbers = node.attributes().integers(integers).filter(list -> !list.isEmpty());
        return new ClassLabels(
                node,
                names.map(list -> TensorData.ofText(list, list.size()))
                        .or(() -> numbers.map(list -> TensorData.ofLongs(Longs.toArray(list), list.size())))
                        .orElseThrow(() -> node.failure("class labels are missing")));
    }

    /// Their number.
    int count() {
        return Math.toIntExact(labels.count());
    }

    /// The label of the class with the greatest score, the first of equal ones.
    Value best(Term scores) {
        if (scores.value().shape().last().differsFrom(Dim.of(count()))) {
            throw node.failure("%s classes, but scores %s", count(), scores.value().type());
        }
        return KeyImporters.pick(node, labels, scores.with(new ArgMax(1, false, false)).value());
    }

    /// The second of two labels where it holds, else the first; without two labels 1 or 0.
    Value either(Term isSecond) {
        return count() == 2 ? pick(labels, isSecond) : place(isSecond);
    }

    /// 1 where it holds, else 0; of two texts the second or the first.
    Value place(Term isSecond) {
        if (labels.element() != ElementType.STRING) {
            return pick(TensorData.ofLongs(new long[] {0, 1}, 2), isSecond);
        }
        return pick(count() == 2 ? labels : TensorData.ofText(List.of("0", "1"), 2), isSecond);
    }

    private Value pick(TensorData both, Term isSecond) {
        Value place = isSecond.as(ElementType.INT64).value();
        Value flat = node.add(new Reshape(isSecond.value().shape().slice(0, 1).dims()), place);
        return KeyImporters.pick(node, both, flat);
    }
}
