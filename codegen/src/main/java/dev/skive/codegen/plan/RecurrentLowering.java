package dev.skive.codegen.plan;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Gru;
import dev.skive.ir.op.Lstm;
import dev.skive.ir.op.Recurrent;
import dev.skive.ir.op.ScalarExpr;
import dev.skive.ir.op.ScalarFunction;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.TensorType;
import java.util.Optional;

/// Lowers recurrent operators: one product weights the inputs of all steps, one kernel makes the steps. Constant weights
/// of float32 go to the weights file. Narrower floats are computed in float32.
///
/// @param planner keeps the books
/// @param node the application
/// @param op the operator
record RecurrentLowering(Planner planner, Node node, Recurrent op) {
    private static final int BIAS = 3;

    View lower() {
        ElementType element = node.result().tensor().element();
        ElementType computed = element == ElementType.FLOAT64 ? element : ElementType.FLOAT32;
        Dim units = node.operand(2).shape().dim(0);
        View x = computable(0);
        Dim states = x.shape().dim(0).plus(op.states()).times(x.shape().dim(1)).times(units);
        Dim count = states.plus(x.shape().dim(1).times(RecurrentKernel.area(op, units, isPacked(2))));
        View room = planner.temporary(new TensorType(computed, Shape.of(count)), op.mnemonic());
        planner.add(new RecurrentKernel(origin(), op, weighted(x), hidden(), optionals(x, units), room));
        Shape shape = Shape.of(x.shape().dim(0).plus(op.states()), x.shape().dim(1), units);
        View result = View.contiguous(room.buffer(), shape);
        return element == computed ? result : converted(result, element);
    }

    private Origin origin() {
        return planner.origin(node);
    }

    private boolean has(int operand) {
        return operand < node.operands().size() && !node.operand(operand).isAbsent();
    }

    private boolean isPacked(int operand) {
        Value weight = node.operand(operand);
        return weight.constant().filter(data -> data.count() > 0).isPresent() && Planner.isFloat(weight);
    }

    private View computable(int operand) {
        View view = planner.view(node.operand(operand));
        boolean narrow = view.element().isReal() && view.element().bits() == Short.SIZE;
        return narrow ? converted(view, ElementType.FLOAT32) : view;
    }

    private View converted(View view, ElementType element) {
        View target = planner.temporary(new TensorType(element, view.shape()), view.buffer().name());
        ImmutableList<View> reads = ImmutableList.of(view);
        return planner.add(new LoopKernel(origin(), "to" + element, reads, ScalarExpr.argument(0), target));
    }

    private Optional<View> contiguous(int operand, Dim... sizes) {
        if (!has(operand)) {
            return Optional.empty();
        }
        View view = computable(operand);
        for (int axis = 0; axis < sizes.length; axis++) {
            planner.require(view.shape().dim(axis), sizes[axis], origin());
        }
        return Optional.of(planner.contiguous(view, origin()));
    }

    private View weighted(View x) {
        Shape w = node.operand(1).shape();
        planner.require(x.shape().last(), w.dim(0), origin());
        planner.require(w.dim(1), node.operand(2).shape().dim(1), origin());
        Dim width = w.dim(1);
        Shape shape = Shape.of(x.shape().dim(0), x.shape().dim(1), width);
        View target = planner.temporary(new TensorType(x.element(), shape), op.mnemonic());
        if (isPacked(1)) {
            Weight weight = planner.weight(node.operand(1), Weight.Layout.PANELS);
            View bias = contiguous(BIAS, width).orElseGet(() -> planner.zeros(width.known()));
            Matrix rows = planner.openMatrix(x, origin());
            Matrix output = target.asMatrix().orElseThrow(AssertionError::new);
            return planner.add(
                    new ProductKernel(
                            origin(),
                            rows,
                            weight,
                            bias,
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            output));
        }
        View weight = computable(1).expand(Shape.of(shape.dim(0)).concat(w));
        planner.add(new BatchedProductKernel(origin(), x, weight, target));
        return contiguous(BIAS, width).map(bias -> plus(target, bias)).orElse(target);
    }

    private View plus(View sum, View bias) {
        ScalarExpr add = ScalarExpr.apply(ScalarFunction.ADD, ScalarExpr.argument(0), ScalarExpr.argument(1));
        ImmutableList<View> reads = ImmutableList.of(sum, planner.broadcast(bias, sum.shape(), origin()));
        View target = planner.temporary(new TensorType(sum.element(), sum.shape()), op.mnemonic());
        return planner.add(new LoopKernel(origin(), "add", reads, add, target));
    }

    private RecurrentKernel.Hidden hidden() {
        Value weight = node.operand(2);
        Dim units = weight.shape().dim(0);
        planner.require(weight.shape().dim(1), units.times(op.gates()), origin());
        if (!isPacked(2)) {
            return new RecurrentKernel.Hidden(ImmutableList.of(), Optional.of(computable(2)));
        }
        if (!(op instanceof Gru)) {
            return new RecurrentKernel.Hidden(
                    ImmutableList.of(planner.weight(weight, Weight.Layout.PANELS)), Optional.empty());
        }
        int known = Math.toIntExact(units.known());
        return new RecurrentKernel.Hidden(
                ImmutableList.of(columns(weight, 0, 2 * known), columns(weight, 2 * known, known)), Optional.empty());
    }

    private Weight columns(Value weight, int from, int count) {
        TensorData data = weight.constant().orElseThrow(AssertionError::new);
        int width = Math.toIntExact(data.sizes()[1]);
        int rows = Math.toIntExact(data.sizes()[0]);
        float[] all = data.floats();
        var part = new float[rows * count];
        for (int row = 0; row < rows; row++) {
            System.arraycopy(all, row * width + from, part, row * count, count);
        }
        return planner.weight(weight.node(), TensorData.ofFloats(part, rows, count), Weight.Layout.PANELS);
    }

    private RecurrentKernel.Optionals optionals(View x, Dim units) {
        Dim batch = x.shape().dim(1);
        Optional<View> lengths = contiguous(Recurrent.LENGTHS, batch);
        Optional<View> initial = contiguous(Recurrent.INITIAL, batch, units);
        return switch (op) {
            case Lstm lstm ->
                    new RecurrentKernel.Optionals(
                            lengths,
                            initial,
                            contiguous(Lstm.INITIAL_CELL, batch, units),
                            contiguous(Lstm.PEEPHOLES, units.times(3)));
            default ->
                    new RecurrentKernel.Optionals(
                            lengths, initial, Optional.empty(), contiguous(Gru.HIDDEN_BIAS, units));
        };
    }
}
