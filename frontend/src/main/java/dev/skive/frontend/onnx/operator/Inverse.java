package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.ArgMax;
import dev.skive.ir.op.Gather;
import dev.skive.ir.op.ReduceSum;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import java.util.List;

/// ORT's `Inverse` of the last two axes: Gauss-Jordan elimination in double, one column per step, with the greatest pivot.
/// A singular matrix gives infinities or NaN.
record Inverse() implements NodeImporter.Single {
    private static final ImmutableList<Integer> ROWS = ImmutableList.of(1);

    @Override
    public Value result(NodeContext node) {
        var layout = new Layout(node);
        Value x = node.operand(0);
        Shape shape = x.shape();
        int rank = shape.rank();
        if (rank < 2 || shape.dim(rank - 1).differsFrom(shape.dim(rank - 2))) {
            throw node.failure("the operand must hold square matrices, found %s", x.type());
        }
        Dim size = shape.last();
        Dim batch = shape.slice(0, rank - 2).elementCount();
        Value matrices = layout.reshape(layout.cast(x, ElementType.FLOAT64), batch, size, size);
        Value along = new Positions(node).along(size);
        Term diagonal = new Term(node, new Positions(node).before(along, 1)).isEqual(new Term(node, along));
        Value unit = layout.reshape(diagonal.as(ElementType.FLOAT64).value(), Dim.ONE, size, size);
        var steps = new Steps(node);
        var inner = new Layout(steps.node());
        Term left = new Term(steps.node(), steps.state(matrices));
        Term right = new Term(steps.node(), steps.state(layout.expand(unit, matrices.shape())));
        var step = new Elimination(inner, steps.index(), new Term(steps.node(), steps.value(along)), left);
        Value count = new Positions(node).scalar(layout.sizeOf(x, rank - 1));
        var next = List.of(step.of(left).value(), step.of(right).value());
        Value inverse = steps.results(count, size, next, List.of()).getLast();
        return layout.reshape(layout.cast(inverse, x.tensor().element()), shape);
    }

    /// One step: the row with the greatest pivot changes places with row `k`, which then clears column `k` elsewhere.
    ///
    /// @param layout inside the step
    /// @param k number of the step
    /// @param rows the numbers of all rows
    /// @param matrix what pivots are taken from, `[batch, rows, columns]`
    private record Elimination(Layout layout, Value k, Term rows, Term matrix) {
        private Term term(Value value) {
            return new Term(layout.node(), value);
        }

        private Value column(Value x) {
            return layout.reshape(x, x.shape().concat(Shape.of(Dim.ONE)));
        }

        private Value pivotRow() {
            Value magnitudes = layout.node().add(new Gather(2), matrix.abs().value(), k);
            Term later = rows.isLess(term(k)).not();
            Term candidates = later.choose(term(magnitudes), term(magnitudes).number(-1));
            return layout.node().add(new ArgMax(1, true, false), candidates.value());
        }

        /// True for the row with the pivot, `[batch, rows, 1]`.
        private Term isPivot() {
            return term(column(rows.isEqual(term(pivotRow())).value()));
        }

        private Term isCurrent() {
            return term(column(rows.isEqual(term(k)).value()));
        }

        private Value row(Term chosen, Term x) {
            return chosen.choose(x, x.number(0)).with(new ReduceSum(ROWS, true)).value();
        }

        /// What the step makes of a matrix.
        Term of(Term x) {
            Term chosen = isPivot();
            Term pivots = term(row(chosen, matrix));
            Term pivot = term(column(layout.node().add(new Gather(2), pivots.value(), k)));
            Term normalized = term(row(chosen, x)).over(pivot);
            Term swapped = chosen.choose(term(row(isCurrent(), x)), x);
            Term factors = chosen.choose(term(row(isCurrent(), matrix)), matrix);
            Term factor = term(column(layout.node().add(new Gather(2), factors.value(), k)));
            return isCurrent().choose(normalized, swapped.minus(factor.times(normalized)));
        }
    }
}
