package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.LessOrEqual;
import dev.skive.ir.op.Op;
import dev.skive.ir.op.Range;
import dev.skive.ir.op.Reshape;
import dev.skive.ir.type.Dim;

/// Index vectors that importers put formulas on positions together from.
///
/// @param node the ONNX node
record Positions(NodeContext node) {
    /// A rank-0 int64 number.
    Value number(long number) {
        return node.constant(TensorData.ofLongs(new long[] {number}));
    }

    /// `0, 1, 2, ...`
    Value along(Dim size) {
        return node.add(new Range(size), number(0), number(1));
    }

    /// A value of one element with rank 0.
    Value scalar(Value value) {
        return value.shape().rank() == 0 ? value : node.add(new Reshape(ImmutableList.of()), value);
    }

    /// A vector as an axis that `behind` axes of size 1 follow.
    Value before(Value vector, int behind) {
        var dims = ImmutableList.<Dim>builder().add(vector.shape().dim(0));
        for (int i = 0; i < behind; i++) {
            dims.add(Dim.ONE);
        }
        return node.add(new Reshape(dims.build()), vector);
    }

    /// A comparison of rows, moved by `k`, with columns, `[rows, columns]`.
    Value compare(Op comparison, boolean rowsFirst, Dim rows, Dim columns, Value k) {
        Value row = before(node.add(new dev.skive.ir.op.Add(), along(rows), k), 1);
        Value column = along(columns);
        return rowsFirst ? node.add(comparison, row, column) : node.add(comparison, column, row);
    }

    /// True where the column is not left of the diagonal `k` (`upper`), or not right of it.
    Value triangle(boolean upper, Dim rows, Dim columns, Value k) {
        return compare(new LessOrEqual(), upper, rows, columns, k);
    }
}
