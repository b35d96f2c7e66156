package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import dev.skive.frontend.onnx.file.OnnxTypes;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Add;
import dev.skive.ir.op.Cast;
import dev.skive.ir.op.Cos;
import dev.skive.ir.op.Gather;
import dev.skive.ir.op.Mul;
import dev.skive.ir.op.Range;
import dev.skive.ir.op.Reshape;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/// Transforms of signals, and what they are multiplied with.
final class SignalImporters {
    /// Since this opset the axis of `DFT` is an operand.
    private static final int AXIS_OPERAND = 20;

    private SignalImporters() {}

    /// A window that is a sum of cosines: `terms[0] - terms[1] cos(2 pi i / n) + terms[2] cos(4 pi i / n)`.
    static NodeImporter.Single window(double... terms) {
        return node -> {
            Dim size = node.sizes(0).getFirst();
            ElementType element = outputType(node);
            boolean periodic = node.attributes().flag("periodic", true);
            return size.isKnown()
                    ? knownWindow(node, (int) size.known(), periodic, element, terms)
                    : openWindow(node, size, periodic, element, terms);
        };
    }

    static ElementType outputType(NodeContext node) {
        int number = (int) node.attributes().integer("output_datatype", 1);
        return OnnxTypes.element(number).orElseThrow(() -> node.failure("attribute 'output_datatype' is %s", number));
    }

    private static Value knownWindow(
            NodeContext node, int size, boolean periodic, ElementType element, double... terms) {
        var window = new double[size];
        double length = periodic ? size : size - 1.0;
        for (int i = 0; i < size; i++) {
            for (int k = 0; k < terms.length; k++) {
                window[i] += terms[k] * (k % 2 == 0 ? 1 : -1) * Math.cos(2 * Math.PI * k * i / length);
            }
        }
        Value reals = node.constant(TensorData.ofReals(ElementType.FLOAT64, window, size));
        return new Term(node, reals).as(element).value();
    }

    private static Value openWindow(
            NodeContext node, Dim size, boolean periodic, ElementType element, double... terms) {
        var positions = new Positions(node);
        Term i = new Term(node, positions.along(size)).as(ElementType.FLOAT64);
        Value count = node.add(new Reshape(ImmutableList.of()), GridImporters.sizeOf(node, size));
        Term length = new Term(node, count).as(ElementType.FLOAT64);
        Term part = i.over(periodic ? length : length.minus(1));
        Term window = part.times(0).plus(terms[0]);
        for (int k = 1; k < terms.length; k++) {
            Term wave = part.times(2 * Math.PI * k).with(new Cos());
            window = window.plus(wave.times(terms[k] * (k % 2 == 0 ? 1 : -1)));
        }
        return window.as(element).value();
    }

    /// `DFT` along one axis of a signal whose last axis holds real numbers or pairs of real and imaginary parts.
    static Value fourier(NodeContext node) {
        Value x = node.operand(0);
        Shape shape = x.shape();
        if (node.opset() >= AXIS_OPERAND && node.has(2) && node.knownNumbers(2).isEmpty()) {
            return new FourierAlongAxis(node).result();
        }
        long asked =
                node.opset() < AXIS_OPERAND
                        ? node.attributes().integer("axis", 1)
                        : node.has(2) ? node.numbers(2).getFirst() : -2;
        int axis = shape.axis(asked);
        int last = shape.rank() - 1;
        if (axis == last) {
            throw node.failure("axis %s of %s holds the parts of numbers", asked, x.type());
        }
        boolean inverse = node.attributes().flag("inverse", false);
        boolean onesided = isOneSided(node);
        var order = new ArrayList<>(Collections.nCopies(shape.rank(), 0));
        for (int i = 0; i <= last; i++) {
            order.set(i, i);
        }
        order.remove(axis);
        order.add(last - 1, axis);
        var fourier = new FourierTransform(node, inverse);
        Value signal = fourier.transposed(x, order);
        Dim length = node.has(1) ? node.sizes(1).getFirst() : shape.dim(axis);
        Dim bins = onesided ? length.floorDivide(2).plus(1) : length;
        Value spectrum = fourier.apply(fourier.resized(signal, length), bins);
        var back = new ArrayList<>(order);
        for (int i = 0; i <= last; i++) {
            back.set(order.get(i), i);
        }
        return fourier.transposed(spectrum, back);
    }

    /// Whether half of the spectrum is enough, for a signal of real or complex numbers.
    static boolean isOneSided(NodeContext node) {
        Shape shape = node.shape(0);
        checkParts(node, shape);
        boolean onesided = node.attributes().flag("onesided", false);
        if (onesided && (node.attributes().flag("inverse", false) || !shape.last().is(1))) {
            throw node.failure(
                    "one side of the spectrum is enough for real signals only, found %s", node.operand(0).type());
        }
        return onesided;
    }

    private static void checkParts(NodeContext node, Shape shape) {
        if (!shape.last().is(1) && !shape.last().is(2)) {
            throw node.failure("the last axis of %s must have size 1 or 2", node.operand(0).type());
        }
    }

    /// `STFT`: the spectrum of each frame of a signal.
    static Value frames(NodeContext node) {
        Value signal = node.operand(0);
        Shape shape = signal.shape();
        if (shape.rank() == 2) {
            shape = shape.concat(Shape.of(1));
            signal = node.add(new Reshape(shape.dims()), signal);
        }
        Dim step = node.sizes(1).getFirst();
        Dim length = node.has(3) ? node.sizes(3).getFirst() : node.shape(2).dim(0);
        if (step.is(0) || shape.rank() != 3) {
            throw node.failure("frames %s apart of %s", step, signal.type());
        }
        checkParts(node, shape);
        boolean onesided = node.attributes().flag("onesided", true);
        Dim count = shape.dim(1).minus(length).floorDivide(step).plus(1);
        var positions = new Positions(node);
        Value distance = positions.scalar(Term.operand(node, 1).as(ElementType.INT64).value());
        Value starts = node.add(new Range(count), positions.number(0), distance);
        Value places = node.add(new Add(), positions.before(starts, 1), positions.along(length));
        Value frames = node.add(new Gather(1), signal, places);
        if (node.has(2)) {
            frames = node.add(new Mul(), frames, positions.before(node.operand(2), 1));
        }
        Dim bins = onesided ? length.floorDivide(2).plus(1) : length;
        return new FourierTransform(node, false).apply(frames, bins);
    }

    /// `MelWeightMatrix`: triangles between neighbouring frequencies that are evenly spaced on the mel scale.
    static Value mel(NodeContext node) {
        boolean told = IntStream.range(0, 5).anyMatch(i -> ConstantFolding.fold(node.operand(i)).isEmpty());
        if (told) {
            return new MelWeights(node).result();
        }
        int bands = node.numbers(0).getFirst().intValue();
        long length = node.numbers(1).getFirst();
        long rate = node.numbers(2).getFirst();
        double low = mels(node.floats(3).getFirst());
        double high = mels(node.floats(4).getFirst());
        int bins = (int) (length / 2 + 1);
        var edges = new int[bands + 2];
        for (int i = 0; i < edges.length; i++) {
            double hertz = 700 * (Math.pow(10, (low + i * (high - low) / (bands + 2)) / 2595) - 1);
            edges[i] = (int) Math.floor((length + 1) * hertz / rate);
        }
        var weights = new double[bins * bands];
        for (int band = 0; band < bands; band++) {
            int first = edges[band];
            int middle = edges[band + 1];
            int last = edges[band + 2];
            for (int bin = Math.max(0, first); bin <= Math.min(middle, bins - 1); bin++) {
                weights[bin * bands + band] = middle == first ? 1 : (bin - first) / (double) (middle - first);
            }
            for (int bin = Math.max(0, middle); bin < Math.min(last, bins); bin++) {
                weights[bin * bands + band] = (last - bin) / (double) (last - middle);
            }
        }
        Value matrix = node.constant(TensorData.ofReals(ElementType.FLOAT64, weights, bins, bands));
        return node.add(new Cast(outputType(node)), matrix);
    }

    private static double mels(double hertz) {
        return 2595 * Math.log10(1 + hertz / 700);
    }

    /// The axes of a rank, in order.
    static List<Integer> axes(int rank) {
        var axes = new ArrayList<Integer>();
        for (int axis = 0; axis < rank; axis++) {
            axes.add(axis);
        }
        return axes;
    }
}
