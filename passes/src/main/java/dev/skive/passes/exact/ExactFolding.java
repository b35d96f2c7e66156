package dev.skive.passes.exact;

import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Node;
import dev.skive.ir.op.Cast;
import dev.skive.ir.op.Cos;
import dev.skive.ir.op.DataMovement;
import dev.skive.ir.op.Div;
import dev.skive.ir.op.Elementwise;
import dev.skive.ir.op.Erf;
import dev.skive.ir.op.Exp;
import dev.skive.ir.op.Gelu;
import dev.skive.ir.op.Log;
import dev.skive.ir.op.Pow;
import dev.skive.ir.op.ReduceMax;
import dev.skive.ir.op.ReduceMean;
import dev.skive.ir.op.ReduceMin;
import dev.skive.ir.op.Reduction;
import dev.skive.ir.op.Sigmoid;
import dev.skive.ir.op.Sin;
import dev.skive.ir.op.Tanh;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.TensorType;
import java.util.stream.LongStream;

/// Which operators give the same bits in every correct engine, so that folding them is exact: movements, integer and
/// boolean arithmetic, and the real arithmetic that IEEE 754 rounds correctly.
final class ExactFolding {
    private ExactFolding() {}

    /// True when folding the node, whose operands are constants, keeps every bit.
    static boolean isExact(Node node) {
        boolean real = node.types().stream().anyMatch(type -> type instanceof TensorType tensor && isReal(tensor));
        return switch (node.op()) {
            case DataMovement movement -> true;
            case Cast cast -> true;
            case Exp exp -> false;
            case Log log -> false;
            case Sin sin -> false;
            case Cos cos -> false;
            case Erf erf -> false;
            case Tanh tanh -> false;
            case Sigmoid sigmoid -> false;
            case Gelu gelu -> false;
            case Pow pow -> !real;
            case Elementwise elementwise -> true;
            case ReduceMax max -> true;
            case ReduceMin min -> true;
            case ReduceMean mean -> false;
            case Reduction reduction -> !real;
            default -> false;
        };
    }

    /// True when the result is defined at all: engines differ on integer division by zero and on conversions to an
    /// integer type that cannot hold the value.
    static boolean isDefined(Node node) {
        return switch (node.op()) {
            case Cast(ElementType to) when to.isInteger() -> fits(node, to);
            case Div div when !isReal(node.result().tensor()) -> LongStream.of(divisors(node)).allMatch(d -> d != 0);
            default -> true;
        };
    }

    private static boolean isReal(TensorType type) {
        return type.element().isReal();
    }

    private static long[] divisors(Node node) {
        return node.operand(1).constant().map(TensorData::longs).orElseThrow(AssertionError::new);
    }

    private static boolean fits(Node node, ElementType to) {
        TensorData data = node.operand(0).constant().orElseThrow(AssertionError::new);
        if (!data.element().isReal()) {
            return true;
        }
        double limit = Math.scalb(1.0, to.kind() == ElementType.Kind.SIGNED ? to.bits() - 1 : to.bits());
        double least = to.kind() == ElementType.Kind.SIGNED ? -limit : 0;
        for (long i = 0; i < data.count(); i++) {
            double value = data.getDouble(i);
            if (!(value >= least && value < limit)) {
                return false;
            }
        }
        return true;
    }
}
