package dev.skive.codegen.differential;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Abs;
import dev.skive.ir.op.Add;
import dev.skive.ir.op.And;
import dev.skive.ir.op.Cast;
import dev.skive.ir.op.Ceil;
import dev.skive.ir.op.Cos;
import dev.skive.ir.op.Div;
import dev.skive.ir.op.Elementwise;
import dev.skive.ir.op.Equal;
import dev.skive.ir.op.Erf;
import dev.skive.ir.op.Exp;
import dev.skive.ir.op.Floor;
import dev.skive.ir.op.Gelu;
import dev.skive.ir.op.Greater;
import dev.skive.ir.op.GreaterOrEqual;
import dev.skive.ir.op.Less;
import dev.skive.ir.op.LessOrEqual;
import dev.skive.ir.op.Log;
import dev.skive.ir.op.Max;
import dev.skive.ir.op.Min;
import dev.skive.ir.op.Mul;
import dev.skive.ir.op.Neg;
import dev.skive.ir.op.Not;
import dev.skive.ir.op.Or;
import dev.skive.ir.op.Pow;
import dev.skive.ir.op.Reciprocal;
import dev.skive.ir.op.Relu;
import dev.skive.ir.op.Sigmoid;
import dev.skive.ir.op.Sin;
import dev.skive.ir.op.Sqrt;
import dev.skive.ir.op.Sub;
import dev.skive.ir.op.Tanh;
import dev.skive.ir.op.Where;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every elementwise operator on every element type that generated code holds.
final class ElementwiseCodeTest {
    private static final Dim N = Dim.symbol("n");
    private static final List<ImmutableMap<String, Long>> SIZES =
            Stream.of(0L, 1L, 7L, 70L).map(n -> ImmutableMap.of("n", n)).toList();
    private static final ImmutableList<Elementwise> REAL =
            ImmutableList.of(
                    new Abs(),
                    new Ceil(),
                    new Cos(),
                    new Erf(),
                    new Exp(),
                    new Floor(),
                    new Gelu(Gelu.Form.ERF),
                    new Gelu(Gelu.Form.TANH),
                    new Neg(),
                    new Relu(),
                    new Sigmoid(),
                    new Sin(),
                    new Tanh());
    private static final ImmutableList<Elementwise> POSITIVE =
            ImmutableList.of(new Log(), new Sqrt(), new Reciprocal());
    private static final ImmutableList<Elementwise> BINARY =
            ImmutableList.of(
                    new Add(),
                    new Div(),
                    new Equal(),
                    new Greater(),
                    new GreaterOrEqual(),
                    new Less(),
                    new LessOrEqual(),
                    new Max(),
                    new Min(),
                    new Mul(),
                    new Pow(),
                    new Sub());

    @ParameterizedTest
    @EnumSource(
            value = ElementType.class,
            names = {"FLOAT32", "FLOAT64", "FLOAT16"})
    void realNumbers(ElementType element) {
        var random = new RandomCase(element.text().hashCode());
        Value x = random.input(element, Shape.of(N), -2, 2);
        Value positive = random.input(element, Shape.of(N), 0.1, 9);
        Value other = random.input(element, Shape.of(N), -2, 2);
        REAL.stream()
                .filter(op -> element != ElementType.FLOAT64 || !(op instanceof Erf || op instanceof Gelu))
                .forEach(op -> random.outputOf(op, x));
        POSITIVE.forEach(op -> random.outputOf(op, positive));
        BINARY.forEach(op -> random.outputOf(op, positive, other));
        random.outputOf(new Where(), random.apply(new Less(), x, other), x, positive);
        Compiled.check(random, SIZES);
    }

    @ParameterizedTest
    @EnumSource(
            value = ElementType.class,
            names = {"INT64", "INT32", "INT16", "INT8", "UINT64", "UINT32", "UINT16", "UINT8"})
    void integers(ElementType element) {
        var random = new RandomCase(element.text().hashCode());
        double most = Math.scalb(1.0, Math.min(62, element.bits()));
        Value x = random.input(element, Shape.of(N), -most, most);
        Value divisor = random.input(element, Shape.of(N), 1, 9);
        Value y = random.input(element, Shape.of(N), -most, most);
        Stream.of(new Abs(), new Neg()).filter(op -> random.accepts(op, x)).forEach(op -> random.outputOf(op, x));
        BINARY.forEach(op -> random.outputOf(op, x, divisor));
        BINARY.stream()
                .filter(op -> !(op instanceof Div || op instanceof Pow))
                .forEach(op -> random.outputOf(op, x, y));
        random.outputOf(new Where(), random.apply(new Less(), x, y), y, x);
        Compiled.check(random, SIZES);
    }

    @ParameterizedTest
    @EnumSource(
            value = ElementType.class,
            names = {
                "FLOAT32",
                "FLOAT64",
                "FLOAT16",
                "BFLOAT16",
                "INT64",
                "INT32",
                "INT16",
                "INT8",
                "UINT64",
                "UINT32",
                "UINT16",
                "UINT8",
                "BOOL"
            })
    void casts(ElementType from) {
        var random = new RandomCase(from.text().hashCode());
        double most = from.isReal() ? 100 : from == ElementType.BOOL ? 2 : Math.scalb(1.0, from.bits());
        Value x =
                random.input(
                        from,
                        Shape.of(N),
                        from.kind() == ElementType.Kind.UNSIGNED || from.kind() == ElementType.Kind.BOOLEAN ? 0 : -most,
                        most);
        for (ElementType to :
                List.of(
                        ElementType.FLOAT32,
                        ElementType.FLOAT64,
                        ElementType.INT64,
                        ElementType.INT32,
                        ElementType.INT16,
                        ElementType.INT8,
                        ElementType.UINT64,
                        ElementType.UINT32,
                        ElementType.UINT16,
                        ElementType.UINT8,
                        ElementType.BOOL)) {
            random.outputOf(new Cast(to), x);
        }
        Compiled.check(random, SIZES);
    }

    @Test
    void booleans() {
        var random = new RandomCase(1);
        Value a = random.input(ElementType.BOOL, Shape.of(N), 0, 2);
        Value b = random.input(ElementType.BOOL, Shape.of(N), 0, 2);
        random.outputOf(new And(), a, b);
        random.outputOf(new Or(), a, b);
        random.outputOf(new Not(), a);
        random.outputOf(new Equal(), a, b);
        random.outputOf(new Where(), a, b, random.apply(new Not(), b));
        Compiled.check(random, SIZES);
    }

    /// Numbers at which formulas change: zeros of both signs, infinities, NaN, the ends of float32.
    @Test
    void boundaries() {
        var random = new RandomCase(2);
        double[] values = {
            0,
            -0.0,
            1,
            -1,
            Double.NaN,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            Float.MAX_VALUE,
            -Float.MAX_VALUE,
            Float.MIN_NORMAL,
            88.7,
            89,
            -87,
            -104,
            -110,
            0.35,
            -0.35,
            9.2,
            -9.2,
            5.7,
            -5.7,
            0.5
        };
        Value x = random.constant(TensorData.ofReals(ElementType.FLOAT32, values, values.length));
        Value y = random.apply(new Add(), x, random.floats(1));
        REAL.stream().filter(op -> !(op instanceof Sin || op instanceof Cos)).forEach(op -> random.outputOf(op, y));
        POSITIVE.forEach(op -> random.outputOf(op, y));
        Compiled.check(random, List.of(ImmutableMap.of()));
    }

    /// Chains become one loop; results of one type feed formulas of another.
    @Test
    void chains() {
        var random = new RandomCase(3);
        Value a = random.floats(N, Dim.of(5));
        Value b = random.input(ElementType.INT8, Shape.of(N, Dim.of(5)), -128, 128);
        Value wrapped = random.apply(new Mul(), random.apply(new Add(), b, b), b);
        Value real = random.apply(new Cast(ElementType.FLOAT32), wrapped);
        Value chain = random.apply(new Tanh(), random.apply(new Mul(), random.apply(new Add(), real, a), a));
        random.output(random.apply(new Where(), random.apply(new Greater(), wrapped, b), chain, a));
        random.output(random.apply(new Relu(), random.apply(new Sub(), chain, random.constant(5))));
        Compiled.check(random, SIZES);
    }

    /// Within a formula integers are 64 bits wide, whatever they are stored in.
    @Test
    void widens() {
        var random = new RandomCase(5);
        Value a = random.input(ElementType.INT32, Shape.of(N), -1e9, 1e9);
        Value b = random.input(ElementType.INT32, Shape.of(N), -1e9, 1e9);
        var wide = new Cast(ElementType.INT64);
        random.outputOf(new Mul(), random.apply(wide, a), random.apply(wide, b));
        random.outputOf(new Cast(ElementType.FLOAT64), random.apply(new Add(), a, b));
        Compiled.check(random, SIZES);
    }

    /// Constants of one element become literals; negative ones need care behind a minus.
    @Test
    void literals() {
        var random = new RandomCase(6);
        Value x = random.floats(N);
        for (double literal : new double[] {-2, -0.0, 0.1, Double.NaN, Double.NEGATIVE_INFINITY, 1e-40, 3e38}) {
            Value constant = random.constant(TensorData.scalar(ElementType.FLOAT32, literal));
            random.outputOf(new Sub(), x, random.apply(new Neg(), constant));
            random.outputOf(new Max(), x, constant);
            random.outputOf(
                    new Mul(),
                    random.apply(new Cast(ElementType.FLOAT64), constant),
                    random.apply(new Cast(ElementType.FLOAT64), x));
        }
        Value i = random.input(ElementType.INT8, Shape.of(N), -128, 128);
        Value small = random.constant(TensorData.scalar(ElementType.INT8, -128));
        random.outputOf(new Sub(), i, random.apply(new Neg(), small));
        random.outputOf(new Cast(ElementType.INT64), random.apply(new Sub(), i, small));
        Compiled.check(random, SIZES);
    }

    /// Operands of every broadcast form.
    @Test
    void broadcasts() {
        var random = new RandomCase(4);
        List<Value> operands =
                List.of(
                        random.input(ElementType.FLOAT32, Shape.SCALAR, -2, 2),
                        random.floats(1),
                        random.floats(3),
                        random.floats(2, 1),
                        random.floats(N, Dim.ONE, Dim.ONE),
                        random.floats(N, Dim.ONE, Dim.of(3)),
                        random.floats(N, Dim.of(2), Dim.ONE),
                        random.floats(N, Dim.of(2), Dim.of(3)));
        for (Value left : operands) {
            for (Value right : operands) {
                random.outputOf(new Sub(), left, right);
            }
        }
        Compiled.check(random, SIZES);
    }
}
