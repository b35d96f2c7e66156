package dev.skive.codegen.plan;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.ArgMax;
import dev.skive.ir.op.ArgMin;
import dev.skive.ir.op.Attention;
import dev.skive.ir.op.CumProd;
import dev.skive.ir.op.CumSum;
import dev.skive.ir.op.Det;
import dev.skive.ir.op.EmbeddingSum;
import dev.skive.ir.op.LayerNorm;
import dev.skive.ir.op.RmsNorm;
import dev.skive.ir.op.ScalarExpr;
import dev.skive.ir.op.ScalarFunction;
import dev.skive.ir.op.Softmax;
import dev.skive.ir.op.Structured;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.TensorType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Optional;

/// Lowers softmax, normalizations, attention and look-ups that are not fused with anything. Their kernels compute in
/// float32 or float64; narrower floats are converted before and after.
///
/// @param planner keeps the books
record StructuredLowering(Planner planner) {
    View lower(Node node, Structured op) {
        ElementType element = node.result().tensor().element();
        View result =
                switch (op) {
                    case ArgMax(int axis, boolean keepDims, boolean last) ->
                            new AxisLowering(planner).bestIndex(node, true, last, axis);
                    case ArgMin(int axis, boolean keepDims, boolean last) ->
                            new AxisLowering(planner).bestIndex(node, false, last, axis);
                    case CumProd product -> new AxisLowering(planner).runningProduct(node, product);
                    case CumSum sum -> new AxisLowering(planner).runningSum(node, sum);
                    case Det det -> determinant(node);
                    case Softmax(int axis) -> softmax(node, axis);
                    case LayerNorm(int axis, double epsilon) -> norm(node, axis);
                    case RmsNorm(int axis, double epsilon) -> norm(node, axis);
                    case Attention attention when element == ElementType.FLOAT64 ->
                            new DoubleAttentionLowering(planner, node, attention).lower();
                    case Attention attention -> attention(node, attention);
                    case EmbeddingSum sum -> embedding(node);
                };
        return asDeclared(node, result);
    }

    private View determinant(Node node) {
        Origin origin = planner.origin(node);
        View read = planner.contiguous(planner.view(node.operand(0)), origin);
        planner.require(read.shape().dim(-2), read.shape().dim(-1), origin);
        return planner.add(new DetKernel(origin, read, planner.temporary(node)));
    }

    /// A result in the type of the node.
    View asDeclared(Node node, View result) {
        ElementType element = node.result().tensor().element();
        return result.element() == element ? result : converted(result, element, planner.origin(node));
    }

    /// A value to compute with; narrower floats are widened first.
    View computable(Value value, Origin origin) {
        View view = planner.view(value);
        return isNarrow(view.element()) ? converted(view, ElementType.FLOAT32, origin) : view;
    }

    /// Room for a result to compute with.
    View room(Node node) {
        TensorType type = node.result().tensor();
        return isNarrow(type.element())
                ? planner.temporary(type.withElement(ElementType.FLOAT32), node.op().mnemonic())
                : planner.temporary(node);
    }

    private static boolean isNarrow(ElementType element) {
        return element.isReal() && element.bits() <= Short.SIZE;
    }

    private View converted(View view, ElementType element, Origin origin) {
        View target = planner.temporary(new TensorType(element, view.shape()), view.buffer().name());
        ImmutableList<View> reads = ImmutableList.of(view);
        return planner.add(new LoopKernel(origin, "to" + element, reads, ScalarExpr.argument(0), target));
    }

    /// Look-ups in tables that are not weights, one after the other.
    private View embedding(Node node) {
        Origin origin = planner.origin(node);
        Shape shape = node.result().shape();
        View sum = planner.broadcast(look(node, 0), shape, origin);
        for (int i = 2; i < node.operands().size(); i += 2) {
            ImmutableList<View> reads = ImmutableList.of(sum, planner.broadcast(look(node, i), shape, origin));
            ScalarExpr add = ScalarExpr.apply(ScalarFunction.ADD, ScalarExpr.argument(0), ScalarExpr.argument(1));
            sum = planner.add(new LoopKernel(origin, "add", reads, add, planner.temporary(node)));
        }
        return sum;
    }

    private View look(Node node, int operand) {
        Origin origin = planner.origin(node);
        View table = planner.view(node.operand(operand));
        View ids = planner.contiguous(planner.view(node.operand(operand + 1)), origin);
        Shape shape = ids.shape().concat(Shape.of(table.shape().dim(1)));
        View target = planner.temporary(new TensorType(table.element(), shape), "row");
        return planner.add(new GatherKernel(origin, 0, table, ids, target));
    }

    private View softmax(Node node, int axis) {
        Origin origin = planner.origin(node);
        View view = computable(node.operand(0), origin);
        int last = view.shape().rank() - 1;
        var swap = new ArrayList<Integer>();
        for (int i = 0; i <= last; i++) {
            swap.add(i);
        }
        Collections.swap(swap, axis, last);
        View rows = view.transpose(swap);
        View target = planner.temporary(new TensorType(view.element(), rows.shape()), view.buffer().name());
        planner.add(
                new SoftmaxKernel(
                        origin, planner.matrix(rows, origin), target.asMatrix().orElseThrow(AssertionError::new)));
        return target.transpose(swap);
    }

    private View norm(Node node, int axis) {
        Origin origin = planner.origin(node);
        Shape shape = node.result().shape();
        Shape normalized = shape.slice(axis, shape.rank());
        Shape rows = Shape.of(shape.slice(0, axis).elementCount(), normalized.elementCount());
        Matrix input = planner.matrix(planner.reshape(computable(node.operand(0), origin), rows, origin), origin);
        View target = room(node);
        View targetRows = target.reshape(rows).orElseThrow(AssertionError::new);
        View scale = vector(node.operand(1), normalized, origin);
        Optional<View> bias =
                node.operands().size() > 2 && !node.operand(2).isAbsent()
                        ? Optional.of(vector(node.operand(2), normalized, origin))
                        : Optional.empty();
        var norm =
                switch (node.op()) {
                    case LayerNorm(int first, double epsilon) -> new Norm(true, epsilon, scale, bias);
                    case RmsNorm(int first, double epsilon) -> new Norm(false, epsilon, scale, bias);
                    default -> throw new AssertionError("not a normalization: " + node);
                };
        planner.add(
                new NormKernel(
                        origin, input, Optional.empty(), norm, targetRows.asMatrix().orElseThrow(AssertionError::new)));
        return target;
    }

    private View vector(Value value, Shape normalized, Origin origin) {
        View expanded = planner.broadcast(computable(value, origin), normalized, origin);
        return planner.reshape(planner.contiguous(expanded, origin), Shape.of(normalized.elementCount()), origin);
    }

    private View attention(Node node, Attention op) {
        Origin origin = planner.origin(node);
        View query = rows(node.operand(0), origin);
        View key = planner.open(rows(node.operand(1), origin), origin);
        View value = planner.open(rows(node.operand(2), origin), origin);
        planner.require(query.shape().dim(0), key.shape().dim(0), origin);
        planner.require(query.shape().dim(0), value.shape().dim(0), origin);
        planner.require(key.shape().dim(1), value.shape().dim(1), origin);
        Shape scores =
                Shape.of(query.shape().dim(0), Dim.of(op.queryHeads()), query.shape().dim(1), key.shape().dim(1));
        Optional<View> mask =
                node.operands().size() > 3 && !node.operand(3).isAbsent()
                        ? Optional.of(planner.broadcast(computable(node.operand(3), origin), scores, origin))
                        : Optional.empty();
        return planner.add(new AttentionKernel(origin, op, query, key, value, mask, room(node)));
    }

    private View rows(Value value, Origin origin) {
        View view = computable(value, origin);
        return view.stride(-1).is(1) ? view : planner.copy(view, origin);
    }
}
