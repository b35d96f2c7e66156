package dev.skive.frontend.onnx.export;

import dev.skive.frontend.onnx.proto.AttributeProto;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.op.AveragePool;
import dev.skive.ir.op.Conv;
import dev.skive.ir.op.ConvTranspose;
import dev.skive.ir.op.LpPool;
import dev.skive.ir.op.MaxPool;
import dev.skive.ir.op.MaxPoolIndex;
import dev.skive.ir.op.Pooling;
import dev.skive.ir.op.Window;
import dev.skive.ir.op.Windowed;
import dev.skive.ir.type.Dim;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// Convolutions and pooling.
final class WindowedExport {
    /// First opset in which `AveragePool` has dilations.
    private static final int AVERAGE_DILATIONS = 19;

    /// First opset in which `LpPool` has dilations and `ceil_mode`.
    private static final int LP_DILATIONS = 18;

    private WindowedExport() {}

    static String write(Windowed op, NodeWriter writer) {
        return switch (op) {
            case AveragePool(Pooling pooling, boolean countPads) -> {
                requireDilations(pooling, AVERAGE_DILATIONS, "AveragePool", writer);
                var attributes = pooling(pooling, writer);
                attributes.add(OnnxAttributes.integer("count_include_pad", countPads ? 1 : 0));
                yield pool("AveragePool", attributes, writer);
            }
            case Conv(Window window, long groups) -> conv("Conv", window, groups, List.of(), writer);
            case ConvTranspose(Window window, long groups) -> transposed(window, groups, writer);
            case LpPool(Pooling pooling, long p) -> {
                requireDilations(pooling, LP_DILATIONS, "LpPool", writer);
                if (pooling.ceil()) {
                    writer.since(LP_DILATIONS, "LpPool with ceil_mode");
                }
                var attributes = pooling(pooling, writer);
                attributes.add(OnnxAttributes.integer("p", p));
                yield pool("LpPool", attributes, writer);
            }
            case MaxPool(Pooling pooling) -> pool("MaxPool", pooling(pooling, writer), writer);
            case MaxPoolIndex(Pooling pooling, boolean columnMajor) -> {
                var attributes = pooling(pooling, writer);
                attributes.add(OnnxAttributes.integer("storage_order", columnMajor ? 1 : 0));
                yield writer.addSecond("MaxPool", writer.operands(), attributes.toArray(AttributeProto[]::new));
            }
        };
    }

    private static void requireDilations(Pooling pooling, int first, String what, NodeWriter writer) {
        if (pooling.window().dilations().stream().anyMatch(step -> step != 1)) {
            writer.since(first, what + " with dilations");
        }
    }

    private static String pool(String type, List<AttributeProto> attributes, NodeWriter writer) {
        return writer.add(type, writer.operands(), attributes.toArray(AttributeProto[]::new));
    }

    private static List<AttributeProto> pooling(Pooling pooling, NodeWriter writer) {
        List<AttributeProto> attributes =
                window(pooling.window(), pooling.kernel().stream().map(Dim::of).toList(), writer);
        attributes.add(OnnxAttributes.integers("kernel_shape", longs(pooling.kernel())));
        if (pooling.window().dilations().stream().allMatch(step -> step == 1)) {
            attributes.removeIf(attribute -> attribute.getName().equals("dilations"));
        }
        if (pooling.ceil()) {
            attributes.add(OnnxAttributes.integer("ceil_mode", 1));
        }
        return attributes;
    }

    private static String conv(String type, Window window, long groups, List<AttributeProto> more, NodeWriter writer) {
        List<Dim> kernel = writer.shape(1).dims().subList(2, window.rank() + 2);
        List<AttributeProto> attributes = window(window, kernel, writer);
        attributes.add(OnnxAttributes.integer("group", groups));
        attributes.addAll(more);
        return writer.add(type, writer.operands(), attributes.toArray(AttributeProto[]::new));
    }

    /// Negative padding at the end is output padding in ONNX.
    private static String transposed(Window window, long groups, NodeWriter writer) {
        if (!window.after().stream().allMatch(Dim::isKnown)) {
            return spreading(window, groups, writer);
        }
        long[] after = known(window.after(), writer);
        var cut =
                new Window(
                        window.strides(),
                        window.dilations(),
                        window.before(),
                        LongStream.of(after)
                                .mapToObj(end -> Dim.of(Math.max(0, end)))
                                .collect(com.google.common.collect.ImmutableList.toImmutableList()));
        long[] extra = LongStream.of(after).map(end -> Math.max(0, -end)).toArray();
        return conv("ConvTranspose", cut, groups, List.of(OnnxAttributes.integers("output_padding", extra)), writer);
    }

    /// Padding that depends on sizes of a run can only be what the sizes of the result say.
    private static String spreading(Window window, long groups, NodeWriter writer) {
        List<Dim> sizes = writer.shape(0).dims().subList(2, window.rank() + 2);
        List<Dim> kernel = writer.shape(1).dims().subList(2, window.rank() + 2);
        List<Long> extra = Collections.nCopies(window.rank(), 0L);
        List<Dim> wanted = writer.node().result().shape().dims().subList(2, window.rank() + 2);
        boolean upper = window.equals(window.spreading(sizes, kernel, extra, wanted, true));
        boolean lower = window.equals(window.spreading(sizes, kernel, extra, wanted, false));
        if (!(upper || lower) || !wanted.stream().allMatch(Dim::isKnown)) {
            throw open(window.after(), writer);
        }
        return writer.add(
                "ConvTranspose",
                writer.operands(),
                OnnxAttributes.integers("strides", longs(window.strides())),
                OnnxAttributes.integers("dilations", longs(window.dilations())),
                OnnxAttributes.integers("output_shape", wanted.stream().mapToLong(Dim::known).toArray()),
                OnnxAttributes.text("auto_pad", upper ? "SAME_UPPER" : "NOTSET"),
                OnnxAttributes.integer("group", groups));
    }

    /// Padding that depends on sizes of a run can only be what `auto_pad` says.
    private static List<AttributeProto> window(Window window, List<Dim> kernel, NodeWriter writer) {
        var attributes =
                new ArrayList<>(
                        List.of(
                                OnnxAttributes.integers("strides", longs(window.strides())),
                                OnnxAttributes.integers("dilations", longs(window.dilations()))));
        List<Dim> sizes = writer.shape(0).dims().subList(2, window.rank() + 2);
        boolean isKnown = Stream.concat(window.before().stream(), window.after().stream()).allMatch(Dim::isKnown);
        if (!isKnown && window.equals(window.same(sizes, kernel, true))) {
            attributes.add(OnnxAttributes.text("auto_pad", "SAME_UPPER"));
        } else if (!isKnown && window.equals(window.same(sizes, kernel, false))) {
            attributes.add(OnnxAttributes.text("auto_pad", "SAME_LOWER"));
        } else {
            long[] before = known(window.before(), writer);
            long[] after = known(window.after(), writer);
            attributes.add(
                    OnnxAttributes.integers(
                            "pads", LongStream.concat(LongStream.of(before), LongStream.of(after)).toArray()));
        }
        return attributes;
    }

    private static long[] known(List<Dim> pads, NodeWriter writer) {
        if (!pads.stream().allMatch(Dim::isKnown)) {
            throw open(pads, writer);
        }
        return pads.stream().mapToLong(Dim::known).toArray();
    }

    private static SkiveException open(List<Dim> pads, NodeWriter writer) {
        return new SkiveException(
                ExitCode.USAGE,
                writer.nodes().origin(),
                "padding " + pads + " depends on sizes that are open; export a graph with known spatial sizes");
    }

    private static long[] longs(List<Long> values) {
        return values.stream().mapToLong(Long::longValue).toArray();
    }
}
