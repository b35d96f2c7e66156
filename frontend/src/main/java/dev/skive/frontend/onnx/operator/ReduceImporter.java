package dev.skive.frontend.onnx.operator;

import static dev.skive.ir.type.ElementType.BOOL;
import static dev.skive.ir.type.ElementType.FLOAT64;
import static dev.skive.ir.type.ElementType.UINT8;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Abs;
import dev.skive.ir.op.CollapseAxes;
import dev.skive.ir.op.DynamicReshape;
import dev.skive.ir.op.Log;
import dev.skive.ir.op.Mul;
import dev.skive.ir.op.ReduceMax;
import dev.skive.ir.op.ReduceMin;
import dev.skive.ir.op.ReduceSum;
import dev.skive.ir.op.Sqrt;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import java.util.stream.IntStream;

/// Reductions: axes are an attribute in old opsets (before 13 for `ReduceSum`, 18 for the others) and an operand since.
///
/// @param composition how the reduction is put together
record ReduceImporter(Composition composition) implements NodeImporter.Single {
    /// What is folded.
    ///
    /// @param node the node
    /// @param x the operand
    /// @param axes the axes folded away
    /// @param keepDims whether they stay with size 1
    record Fold(NodeContext node, Value x, ImmutableList<Integer> axes, boolean keepDims) {
        /// The sum of the elements of a value.
        Value sum(Value value) {
            return node.add(new ReduceSum(axes, keepDims), value);
        }

        /// The square of each element.
        Value square() {
            return node.add(new Mul(), x, x);
        }
    }

    /// How a reduction is put together from those of the IR.
    @FunctionalInterface
    interface Composition {
        Value apply(Fold fold);
    }

    @Override
    public Value result(NodeContext node) {
        Value x = node.operand(0);
        boolean keepDims = node.attributes().flag("keepdims", true);
        boolean noop = node.attributes().flag("noop_with_empty_axes", false);
        if (isTold(node)) {
            return told(node, keepDims, noop);
        }
        boolean given = !node.has(1) || !node.shape(1).elementCount().is(0);
        ImmutableList<Long> axes = given ? node.numbers("axes", 1).orElse(ImmutableList.of()) : ImmutableList.of();
        if (axes.isEmpty() && noop) {
            return composition.apply(new Fold(node, x, ImmutableList.of(), keepDims));
        }
        return composition.apply(new Fold(node, x, sorted(x.shape(), axes), keepDims));
    }

    /// True when only a run tells the axes.
    private static boolean isTold(NodeContext node) {
        return node.has(1) && !node.shape(1).elementCount().is(0) && node.knownNumbers(1).isEmpty();
    }

    /// The axes that a run tells are the columns of a matrix, the others its rows.
    private Value told(NodeContext node, boolean keepDims, boolean noop) {
        int rank = node.shape(0).rank();
        int left = keepDims ? rank : Math.max(0, rank - node.count(node.operand(1)));
        ImmutableList<Dim> sizes = node.freshSizes("reduced", 2);
        var op = new CollapseAxes(sizes.get(0), sizes.get(1), left, noop);
        ImmutableList<Value> collapsed = node.addDynamic(op, node.operand(0), node.operand(1));
        Value rows = composition.apply(new Fold(node, collapsed.getFirst(), ImmutableList.of(1), false));
        return node.addDynamic(new DynamicReshape(node.freshSizes("reduced", left), true), rows, collapsed.getLast())
                .getFirst();
    }

    private static ImmutableList<Integer> sorted(Shape shape, ImmutableList<Long> axes) {
        IntStream all = axes.isEmpty() ? IntStream.range(0, shape.rank()) : axes.stream().mapToInt(shape::axis);
        return all.sorted().distinct().boxed().collect(ImmutableList.toImmutableList());
    }

    static Value l2(Fold fold) {
        return inReals(fold, real -> real.node().add(new Sqrt(), real.sum(real.square())));
    }

    static Value l1(Fold fold) {
        return fold.sum(fold.node().add(new Abs(), fold.x()));
    }

    static Value logSum(Fold fold) {
        return inReals(fold, real -> real.node().add(new Log(), real.sum(real.x())));
    }

    static Value logSumExp(Fold fold) {
        return inReals(fold, ReduceImporter::stableLogSumExp);
    }

    /// The maximum; of booleans as numbers.
    static Value max(Fold fold) {
        return inBytes(fold, bytes -> bytes.node().add(new ReduceMax(bytes.axes(), bytes.keepDims()), bytes.x()));
    }

    /// The minimum; of booleans as numbers.
    static Value min(Fold fold) {
        return inBytes(fold, bytes -> bytes.node().add(new ReduceMin(bytes.axes(), bytes.keepDims()), bytes.x()));
    }

    /// `max + log(sum(exp(x - max)))`, with the maximum taken out so that nothing overflows, unless it is infinite.
    private static Value stableLogSumExp(Fold fold) {
        NodeContext node = fold.node();
        Term maximum = finite(node, node.add(new ReduceMax(fold.axes(), true), fold.x()));
        Value sum = fold.sum(new Term(node, fold.x()).minus(maximum).exp().value());
        Term outside = fold.keepDims() ? maximum : finite(node, node.add(new ReduceMax(fold.axes(), false), fold.x()));
        return outside.plus(new Term(node, sum).log()).value();
    }

    private static Term finite(NodeContext node, Value value) {
        var term = new Term(node, value);
        return term.abs().isEqual(Double.POSITIVE_INFINITY).choose(term.number(0), term);
    }

    private static Value inReals(Fold fold, Composition composition) {
        return fold.node().element(0).isReal() ? composition.apply(fold) : converted(fold, FLOAT64, composition);
    }

    private static Value inBytes(Fold fold, Composition composition) {
        return fold.node().element(0) == BOOL ? converted(fold, UINT8, composition) : composition.apply(fold);
    }

    private static Value converted(Fold fold, ElementType element, Composition composition) {
        NodeContext node = fold.node();
        Value x = new Term(node, fold.x()).as(element).value();
        Value result = composition.apply(new Fold(node, x, fold.axes(), fold.keepDims()));
        return new Term(node, result).as(node.element(0)).value();
    }
}
