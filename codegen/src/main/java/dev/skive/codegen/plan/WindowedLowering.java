package dev.skive.codegen.plan;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.AveragePool;
import dev.skive.ir.op.Conv;
import dev.skive.ir.op.ConvTranspose;
import dev.skive.ir.op.LpPool;
import dev.skive.ir.op.MaxPool;
import dev.skive.ir.op.MaxPoolIndex;
import dev.skive.ir.op.Pooling;
import dev.skive.ir.op.ScalarExpr;
import dev.skive.ir.op.Windowed;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.TensorType;
import java.util.ArrayList;

/// Lowers convolutions and pooling. Kernels compute in float32 or float64, searches in any type; 16-bit floats are
/// converted before and after.
///
/// @param planner keeps the books
record WindowedLowering(Planner planner) {
    View lower(Node node, Windowed op) {
        View result =
                switch (op) {
                    case AveragePool(Pooling pooling, boolean countPads) -> pool(node, op, pooling);
                    case Conv conv -> conv(node, conv, Epilogue.NONE, room(node));
                    case ConvTranspose conv -> transposed(node, conv);
                    case LpPool(Pooling pooling, long p) -> pool(node, op, pooling);
                    case MaxPool(Pooling pooling) -> pool(node, op, pooling);
                    case MaxPoolIndex(Pooling pooling, boolean columnMajor) -> pool(node, op, pooling);
                };
        return structured().asDeclared(node, result);
    }

    private StructuredLowering structured() {
        return new StructuredLowering(planner);
    }

    private View operand(Value value, Origin origin) {
        return planner.contiguous(structured().computable(value, origin), origin);
    }

    private View room(Node node) {
        return structured().room(node);
    }

    private View pool(Node node, Windowed op, Pooling pooling) {
        Origin origin = planner.origin(node);
        return planner.add(new PoolKernel(origin, op, pooling, operand(node.operand(0), origin), room(node)));
    }

    /// A convolution whose result, after an epilogue, goes to `target`.
    View conv(Node node, Conv op, Epilogue epilogue, View target) {
        Origin origin = planner.origin(node);
        View weight = operand(node.operand(1), origin);
        View x = operand(node.operand(0), origin);
        planner.require(x.shape().dim(1), weight.shape().dim(1).times(op.groups()), origin);
        var factors = new ConvKernel.Factors(weight, bias(node, weight.shape().dim(0), x.element()));
        return convolution(op, x, factors, new Result(origin, epilogue, target));
    }

    /// What a convolution leaves.
    ///
    /// @param origin the nodes it implements
    /// @param epilogue what follows it
    /// @param target where the result goes
    record Result(Origin origin, Epilogue epilogue, View target) {}

    /// A convolution of an operand `[n, c, ...]`, contiguous.
    View convolution(Conv op, View x, ConvKernel.Factors factors, Result result) {
        Shape kernel = factors.weight().shape().slice(2, x.shape().rank());
        Shape positions = result.target().shape().slice(2, x.shape().rank());
        var frame = new Frame(op.window(), kernel.dims(), positions.dims());
        View input = frame.isOperand() ? planner.open(x, result.origin()) : framed(x, frame, result.origin());
        return planner.add(
                new ConvKernel(
                        result.origin(), frame, op.groups(), input, factors, result.epilogue(), result.target()));
    }

    /// A convolution with what follows it.
    View convTail(ConvTails.Tail tail) {
        var formula = new Formula(planner.fusion(), tail.root());
        var arguments = new ArrayList<ScalarExpr>();
        var reads = ImmutableList.<View>builder();
        int read = 0;
        for (Value argument : formula.arguments()) {
            boolean isSum = argument.node() == tail.conv();
            arguments.add(ScalarExpr.argument(isSum ? 0 : ++read));
            if (!isSum) {
                reads.add(planner.contiguous(planner.view(argument), planner.origin(tail.nodes())));
            }
        }
        ScalarExpr composed = Formula.substitute(formula.expression(), arguments);
        var epilogue = new Epilogue(KernelNames.of(formula.nodes()), composed, reads.build());
        return conv(tail.conv(), (Conv) tail.conv().op(), epilogue, planner.temporary(tail.root()));
    }

    private View framed(View x, Frame frame, Origin origin) {
        Shape shape = frame.shape(x.shape().dim(0), x.shape().dim(1));
        View target = planner.temporary(new TensorType(x.element(), shape), x.buffer().name());
        return planner.add(new FrameKernel(origin, frame, x, target));
    }

    private View bias(Node node, Dim channels, ElementType element) {
        Origin origin = planner.origin(node);
        boolean given = node.operands().size() > 2 && !node.operand(2).isAbsent();
        View bias = given ? operand(node.operand(2), origin) : planner.zeros(element, channels);
        return planner.contiguous(planner.broadcast(bias, Shape.of(channels), origin), origin);
    }

    private View transposed(Node node, ConvTranspose op) {
        Origin origin = planner.origin(node);
        View x = operand(node.operand(0), origin);
        View weight = operand(node.operand(1), origin);
        planner.require(x.shape().dim(1), weight.shape().dim(0), origin);
        View bias = bias(node, node.result().shape().dim(1), x.element());
        return TransposedLowering.fits(op, weight)
                ? new TransposedLowering(planner, node, op)
                        .lower(new TransposedLowering.Operands(x, weight, bias), room(node))
                : planner.add(new ConvTransposeKernel(origin, op, x, weight, bias, room(node)));
    }
}
