package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Add;
import dev.skive.ir.op.Concat;
import dev.skive.ir.op.Cos;
import dev.skive.ir.op.MatMul;
import dev.skive.ir.op.Mod;
import dev.skive.ir.op.Mul;
import dev.skive.ir.op.Pad;
import dev.skive.ir.op.Reshape;
import dev.skive.ir.op.Sin;
import dev.skive.ir.op.Slice;
import dev.skive.ir.op.Sub;
import dev.skive.ir.op.Transpose;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Fourier transforms along the last axis but one, whose last axis holds numbers or pairs of real and imaginary parts, as
/// products with matrices. A long transform is one of many short ones, turned, and again one of many short ones.
///
/// @param node the ONNX node
/// @param inverse whether the spectrum is turned back into a signal
record FourierTransform(NodeContext node, boolean inverse) {
    /// Up to this length one product does it.
    private static final int SHORT = 64;

    /// The first `bins` numbers of the spectrum.
    Value apply(Value x, Dim bins) {
        Shape shape = x.shape();
        Dim length = shape.dim(-2);
        Value spectrum = length.isKnown() ? known(x, length.known(), bins.known()) : open(x, length, bins);
        if (!inverse) {
            return spectrum;
        }
        Term sum = new Term(node, spectrum);
        if (length.isKnown()) {
            return sum.times(1 / (double) Math.max(1, length.known())).value();
        }
        Value count = node.add(new Reshape(ImmutableList.of()), GridImporters.sizeOf(node, length));
        return sum.over(new Term(node, count).as(sum.element())).value();
    }

    /// Cut off or continued with zeros along the last axis but one.
    Value resized(Value x, Dim length) {
        Shape shape = x.shape();
        int axis = shape.rank() - 2;
        Dim size = shape.dim(axis);
        if (size.equals(length)) {
            return x;
        }
        Dim kept = size.min(length);
        Value cut = kept.equals(size) ? x : node.add(Slice.along(shape, axis, Dim.ZERO, kept), x);
        var after = new ArrayList<>(Collections.nCopies(shape.rank(), Dim.ZERO));
        var before = ImmutableList.copyOf(after);
        after.set(axis, length.minus(kept));
        return kept.equals(length)
                ? cut
                : node.add(new Pad(before, ImmutableList.copyOf(after), Pad.Mode.CONSTANT), cut, node.scalar(x, 0));
    }

    /// Axes in another order.
    Value transposed(Value x, List<Integer> order) {
        return order.equals(SignalImporters.axes(order.size()))
                ? x
                : node.add(new Transpose(ImmutableList.copyOf(order)), x);
    }

    private Value known(Value x, long length, long bins) {
        long factor = factor(length);
        if (length <= SHORT || factor == 1) {
            return product(x, node.constant(matrix(x, (int) length, (int) bins)), Dim.of(length), Dim.of(bins));
        }
        return split(x, factor, length / factor, bins);
    }

    /// The greatest divisor that is not beyond the root.
    private static long factor(long length) {
        long factor = (long) Math.sqrt((double) length);
        while (factor > 1 && length % factor != 0) {
            factor--;
        }
        return Math.max(1, factor);
    }

    /// With `j = j1 b + j2` and `k = k1 + a k2` transforms over `j1`, turns by `j2 k1 / (a b)`, transforms over `j2`.
    private Value split(Value x, long a, long b, long bins) {
        Shape shape = x.shape();
        int rank = shape.rank();
        Shape outer = shape.slice(0, rank - 2);
        Value apart = node.add(new Reshape(outer.concat(Shape.of(Dim.of(a), Dim.of(b), shape.last())).dims()), x);
        Value first = known(swapped(apart), a, a);
        Value second = known(swapped(turned(first, (int) a, (int) b)), b, b);
        Value joined = node.add(new Reshape(outer.concat(Shape.of(a * b, 2)).dims()), swapped(second));
        return bins == a * b ? joined : node.add(Slice.along(joined.shape(), rank - 2, Dim.ZERO, Dim.of(bins)), joined);
    }

    private Value swapped(Value x) {
        List<Integer> order = SignalImporters.axes(x.shape().rank());
        Collections.swap(order, order.size() - 2, order.size() - 3);
        return transposed(x, order);
    }

    private Value turned(Value x, int a, int b) {
        var real = new double[a * b];
        var imaginary = new double[a * b];
        for (int j = 0; j < b; j++) {
            for (int k = 0; k < a; k++) {
                real[j * a + k] = cos((long) j * k, (long) a * b);
                imaginary[j * a + k] = sign() * sin((long) j * k, (long) a * b);
            }
        }
        Value c = node.constant(TensorData.ofReals(x.tensor().element(), real, b, a, 1));
        Value s = node.constant(TensorData.ofReals(x.tensor().element(), imaginary, b, a, 1));
        int last = x.shape().rank() - 1;
        Value re = node.add(Slice.along(x.shape(), last, Dim.ZERO, Dim.ONE), x);
        Value im = node.add(Slice.along(x.shape(), last, Dim.ONE, Dim.ONE), x);
        Value turnedReal = node.add(new Sub(), node.add(new Mul(), re, c), node.add(new Mul(), im, s));
        Value turnedImaginary = node.add(new Add(), node.add(new Mul(), re, s), node.add(new Mul(), im, c));
        return node.add(new Concat(last), turnedReal, turnedImaginary);
    }

    private double sign() {
        return inverse ? 1 : -1;
    }

    private static double cos(long part, long whole) {
        return Math.cos(2 * Math.PI * (part % whole) / whole);
    }

    private static double sin(long part, long whole) {
        return Math.sin(2 * Math.PI * (part % whole) / whole);
    }

    /// What part of number `j` of the signal gives to part of number `k` of the spectrum, `[j, part, k, part]`.
    private TensorData matrix(Value x, int length, int bins) {
        int parts = (int) x.shape().last().known();
        var matrix = new double[length * parts * bins * 2];
        for (int j = 0; j < length; j++) {
            for (int k = 0; k < bins; k++) {
                double c = cos((long) j * k, length);
                double s = sign() * sin((long) j * k, length);
                for (int part = 0; part < parts; part++) {
                    int at = ((j * parts + part) * bins + k) * 2;
                    matrix[at] = part == 0 ? c : -s;
                    matrix[at + 1] = part == 0 ? s : c;
                }
            }
        }
        return TensorData.ofReals(x.tensor().element(), matrix, (long) length * parts, 2L * bins);
    }

    private Value product(Value x, Value matrix, Dim length, Dim bins) {
        Shape shape = x.shape();
        Shape outer = shape.slice(0, shape.rank() - 2);
        Value rows = node.add(new Reshape(outer.concat(Shape.of(length.times(shape.last()))).dims()), x);
        Value product = node.add(new MatMul(), rows, matrix);
        return node.add(new Reshape(outer.concat(Shape.of(bins, Dim.of(2))).dims()), product);
    }

    /// As [#matrix], computed in every run.
    private Value open(Value x, Dim length, Dim bins) {
        var positions = new Positions(node);
        Value count = node.add(new Reshape(ImmutableList.of()), GridImporters.sizeOf(node, length));
        Value products = node.add(new Mul(), positions.before(positions.along(length), 1), positions.along(bins));
        Term part = new Term(node, node.add(new Mod(false), products, count)).as(ElementType.FLOAT64);
        Term angle = part.times(2 * Math.PI).over(new Term(node, count).as(ElementType.FLOAT64));
        ElementType element = x.tensor().element();
        Term c = angle.with(new Cos()).as(element);
        Term s = angle.with(new Sin()).times(sign()).as(element);
        Value row = pair(c, s, length, bins);
        Dim rows = length.times(x.shape().last());
        if (x.shape().last().is(2)) {
            row = node.add(new Concat(1), row, pair(s.times(-1), c, length, bins));
        }
        Value matrix = node.add(new Reshape(ImmutableList.of(rows, bins.times(2))), row);
        return product(x, matrix, length, bins);
    }

    private Value pair(Term real, Term imaginary, Dim length, Dim bins) {
        var dims = ImmutableList.of(length, Dim.ONE, bins, Dim.ONE);
        Value a = node.add(new Reshape(dims), real.value());
        Value b = node.add(new Reshape(dims), imaginary.value());
        return node.add(new Concat(3), a, b);
    }
}
