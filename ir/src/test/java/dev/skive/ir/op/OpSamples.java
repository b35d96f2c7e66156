package dev.skive.ir.op;

import static dev.skive.ir.op.OpRun.floats;
import static dev.skive.ir.op.OpRun.longs;
import static dev.skive.ir.op.OpRun.type;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.type.AbsentType;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.TensorType;
import dev.skive.ir.type.Type;
import java.util.List;
import java.util.stream.Stream;

/// Applications of every operator, with symbolic sizes where the operator allows them. `EveryOpTest` holds that none is
/// missing; integer inputs are used as indices below 4.
public final class OpSamples {
    /// One application.
    ///
    /// @param op the operator
    /// @param operands the types it is applied to
    public record Sample(Op op, ImmutableList<Type> operands) {
        static Sample of(Op op, Type... operands) {
            return new Sample(op, ImmutableList.copyOf(operands));
        }

        Type[] types() {
            return operands.toArray(Type[]::new);
        }

        @Override
        public String toString() {
            return op + " of " + operands;
        }
    }

    private static final TensorType ROWS = floats(-1, 4);
    private static final TensorType BYTES = type(ElementType.UINT8, -1, 4);
    private static final TensorType BITS = type(ElementType.BOOL, -1, 4);
    private static final ImmutableList<Integer> LAST = ImmutableList.of(1);
    private static final ImmutableList<Dim> PADS = ImmutableList.of(Dim.of(2), Dim.symbol("s1"));
    private static final Dim FIRST_SYMBOL = Dim.symbol("s1");

    private OpSamples() {}

    /// All of them.
    public static List<Sample> all() {
        return Stream.of(
                        unary(),
                        binary(),
                        logic(),
                        bits(),
                        reductions(),
                        movement(),
                        recurrent(),
                        SpatialSamples.all(),
                        structured(),
                        WindowedSamples.all())
                .flatMap(stream -> stream)
                .toList();
    }

    private static Stream<Sample> unary() {
        return Stream.of(
                        new Abs(),
                        new Acos(),
                        new Acosh(),
                        new Asin(),
                        new Asinh(),
                        new Atan(),
                        new Atanh(),
                        new Ceil(),
                        new Cos(),
                        new Cosh(),
                        new Erf(),
                        new Exp(),
                        new Floor(),
                        new Gelu(Gelu.Form.ERF),
                        new Gelu(Gelu.Form.TANH),
                        new Log(),
                        new Neg(),
                        new Reciprocal(),
                        new Relu(),
                        new Round(),
                        new Sigmoid(),
                        new Sin(),
                        new Sinh(),
                        new Sqrt(),
                        new Tan(),
                        new Tanh(),
                        new BitCast(ElementType.UINT32),
                        new Cast(ElementType.INT8),
                        new Cast(ElementType.FLOAT8E8M0),
                        new Cast(ElementType.BOOL))
                .map(op -> Sample.of(op, ROWS));
    }

    private static Stream<Sample> binary() {
        return Stream.<Op>of(
                        new Add(),
                        new Div(),
                        new Equal(),
                        new Greater(),
                        new GreaterOrEqual(),
                        new Less(),
                        new LessOrEqual(),
                        new Max(),
                        new Min(),
                        new Mod(false),
                        new Mod(true),
                        new Mul(),
                        new Pow(),
                        new Sub())
                .flatMap(op -> Stream.of(Sample.of(op, ROWS, floats(4)), Sample.of(op, longs(-1, 1), longs(4))));
    }

    private static Stream<Sample> logic() {
        return Stream.of(
                Sample.of(new And(), BITS, BITS),
                Sample.of(new Or(), BITS, type(ElementType.BOOL)),
                Sample.of(new Not(), BITS),
                Sample.of(new Where(), BITS, ROWS, floats()));
    }

    private static Stream<Sample> bits() {
        TensorType bytes = type(ElementType.UINT8, -1, 4);
        return Stream.<Op>of(
                        new BitShift(true), new BitShift(false), new BitwiseAnd(), new BitwiseOr(), new BitwiseXor())
                .map(op -> Sample.of(op, bytes, bytes));
    }

    private static Stream<Sample> reductions() {
        return Stream.<Op>of(
                        new ReduceMax(LAST, true),
                        new ReduceMean(LAST, false),
                        new ReduceMin(ImmutableList.of(0, 1), false),
                        new ReduceProd(LAST, true),
                        new ReduceSum(ImmutableList.of(0), true))
                .flatMap(op -> Stream.of(Sample.of(op, ROWS), Sample.of(op, longs(-1, 4))));
    }

    private static Stream<Sample> movement() {
        return Stream.of(
                Sample.of(new Concat(0), ROWS, floats(-2, 4)),
                Sample.of(new Expand(ImmutableList.of(Dim.of(3), Dim.ONE, Dim.ONE)), ROWS),
                Sample.of(new Gather(1), ROWS, longs(2, 2)),
                Sample.of(new GatherElements(1), ROWS, longs(-1, 3)),
                Sample.of(new GatherNd(1), floats(-1, 5, 4), longs(-1, 2, 1)),
                Sample.of(new Pad(ImmutableList.of(Dim.ZERO, Dim.ONE), PADS, Pad.Mode.CONSTANT), ROWS, floats()),
                Sample.of(new Pad(PADS, PADS, Pad.Mode.REFLECT), ROWS),
                Sample.of(new Range(Dim.of(3)), longs(), longs()),
                Sample.of(new Reshape(ImmutableList.of(FIRST_SYMBOL.times(2), Dim.of(2))), ROWS),
                Sample.of(new ScatterElements(1, Combination.REPLACE), ROWS, longs(-1, 2), floats(-1, 2)),
                Sample.of(new ScatterElements(0, Combination.MIN), floats(4, 2), longs(-1, 2), floats(-1, 2)),
                Sample.of(new ScatterNd(Combination.ADD), floats(4, -1), longs(2, 1), floats(2, -1)),
                Sample.of(new ShapeOf(0, 2), ROWS),
                Sample.of(
                        new Slice(
                                ImmutableList.of(Dim.ZERO, Dim.of(3)),
                                ImmutableList.of(FIRST_SYMBOL, Dim.of(2)),
                                ImmutableList.of(1L, -2L)),
                        ROWS),
                Sample.of(new Transpose(ImmutableList.of(1, 0)), ROWS));
    }

    /// Integer operands are drawn below 4, so four steps are enough for every length.
    private static Stream<Sample> recurrent() {
        Activation sigmoid = Activation.Kind.SIGMOID.usual();
        Activation tanh = Activation.Kind.TANH.usual();
        double never = Double.POSITIVE_INFINITY;
        TensorType x = floats(4, -2, 3);
        TensorType state = floats(-2, 5);
        return Stream.of(
                Sample.of(new Rnn(false, tanh, never), floats(-1, -2, 3), floats(3, 5), floats(5, 5)),
                Sample.of(new Rnn(true, tanh, 0.5), x, floats(3, 5), floats(5, 5), floats(5), longs(-2), state),
                Sample.of(new Gru(true, sigmoid, tanh, never, false), x, floats(3, 15), floats(5, 15)),
                Sample.of(
                        new Gru(false, sigmoid, tanh, 0.5, true),
                        x,
                        floats(3, 15),
                        floats(5, 15),
                        new AbsentType(),
                        longs(-2),
                        state,
                        floats(5)),
                Sample.of(new Lstm(false, sigmoid, tanh, tanh, never, false), x, floats(3, 20), floats(5, 20)),
                Sample.of(
                        new Lstm(true, sigmoid, tanh, tanh, 0.5, true),
                        x,
                        floats(3, 20),
                        floats(5, 20),
                        floats(20),
                        longs(-2),
                        state,
                        state,
                        floats(15)));
    }

    private static Stream<Sample> structured() {
        return Stream.of(
                Sample.of(new MatMul(), floats(2, -1, 4), floats(4, 3)),
                Sample.of(
                        new MatMulInteger(),
                        type(ElementType.UINT8, 2, -1, 4),
                        type(ElementType.INT8, 4, 3),
                        type(ElementType.UINT8, -1, 1),
                        type(ElementType.INT8, 3)),
                Sample.of(new Quantize(ElementType.INT8), ROWS, floats(4), type(ElementType.INT8)),
                Sample.of(new Quantize(ElementType.UINT4), ROWS, floats(), type(ElementType.UINT4)),
                Sample.of(new Dequantize(ElementType.FLOAT16), BYTES, floats(), type(ElementType.UINT8, 4)),
                Sample.of(new Dequantize(ElementType.FLOAT32), BYTES, floats(), type(ElementType.UINT8)),
                Sample.of(new Linear(), ROWS, floats(4, 3)),
                Sample.of(new Linear(), ROWS, floats(4, 3), floats(3)),
                Sample.of(new ArgMax(1, true, false), ROWS),
                Sample.of(new ArgMin(0, false, true), longs(-1, 4)),
                Sample.of(new CumProd(1, true, false), ROWS),
                Sample.of(new CumProd(0, false, true), longs(-1, 4)),
                Sample.of(new CumSum(1, true, false), ROWS),
                Sample.of(new Det(), floats(-1, 3, 3)),
                Sample.of(new CumSum(0, false, true), longs(-1, 4)),
                Sample.of(new Softmax(1), ROWS),
                Sample.of(new LayerNorm(1, 1e-5), ROWS, floats(4)),
                Sample.of(new LayerNorm(1, 1e-5), ROWS, floats(4), floats(1)),
                Sample.of(new RmsNorm(1, 1e-5), ROWS, floats(4)),
                Sample.of(new EmbeddingSum(), floats(4, 3), longs(-1, -2), floats(5, 3), longs(-2)),
                Sample.of(new Attention(2, 1, 0.5), floats(-1, -2, 6), floats(-1, -3, 3), floats(-1, -3, 2)),
                Sample.of(
                        new Attention(2, 2, 0.5),
                        floats(-1, -2, 6),
                        floats(-1, -2, 6),
                        floats(-1, -2, 4),
                        floats(-1, 1, 1, -2)),
                Sample.of(
                        new Attention(1, 1, 1),
                        floats(-1, -2, 6),
                        floats(-1, -2, 6),
                        floats(-1, -2, 4),
                        new AbsentType()));
    }
}
