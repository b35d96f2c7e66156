package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Add;
import dev.skive.ir.op.BitCast;
import dev.skive.ir.op.BitShift;
import dev.skive.ir.op.BitwiseOr;
import dev.skive.ir.op.BitwiseXor;
import dev.skive.ir.op.Gather;
import dev.skive.ir.op.Mul;
import dev.skive.ir.op.Op;
import dev.skive.ir.op.Transpose;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import java.util.ArrayList;
import java.util.Optional;
import java.util.stream.IntStream;

/// Operators of `com.microsoft` that look elements up, and hashes to look them up with.
final class OrtIndexed {
    private OrtIndexed() {}

    /// The importers by name.
    static ImmutableMap<String, NodeImporter> all() {
        return ImmutableMap.<String, NodeImporter>builder()
                .put("com.microsoft.GatherBlockQuantized", new BlockTable())
                .put("com.microsoft.GridSample", single(GridImporters::gridSample))
                .put("com.microsoft.MurmurHash3", single(OrtIndexed::hash))
                .put("com.microsoft.UnfoldTensor", single(OrtIndexed::unfold))
                .buildOrThrow();
    }

    private static NodeImporter single(NodeImporter.Single importer) {
        return importer;
    }

    /// Every window of `size` elements along an axis, as a new last axis.
    private static Value unfold(NodeContext node) {
        Value x = node.operand(0);
        int axis = x.shape().axis(node.attributes().integer("dim", -1));
        long step = node.attributes().integer("step", 1);
        Optional<Long> size = node.attributes().integer("size");
        if (size.isEmpty() || size.get() < 1 || step < 1) {
            throw node.failure("attributes 'size' and 'step' must be positive, found %s and %s", size, step);
        }
        Dim windows = x.shape().dim(axis).plus(-size.get()).floorDivide(step).plus(1);
        if (windows.isKnown() && windows.known() < 1) {
            throw node.failure("a window of %s elements does not fit axis %s of %s", size.get(), axis, x.type());
        }
        var positions = new Positions(node);
        Value starts = node.add(new Mul(), positions.along(windows), positions.number(step));
        Value indices = node.add(new Add(), positions.before(starts, 1), positions.along(Dim.of(size.get())));
        Value parts = node.add(new Gather(axis), x, indices);
        var order = new ArrayList<>(IntStream.range(0, x.shape().rank() + 1).boxed().toList());
        order.remove(Integer.valueOf(axis + 1));
        order.add(axis + 1);
        return node.add(new Transpose(ImmutableList.copyOf(order)), parts);
    }

    /// The 32-bit hash of the bits of each number, little-endian.
    private static Value hash(NodeContext node) {
        ElementType element = node.element(0);
        if (element == ElementType.STRING || element.bits() < Integer.SIZE) {
            throw node.failure("MurmurHash3 of %s is not supported; of 32- and 64-bit numbers it is", element);
        }
        long seed = node.attributes().integer("seed", 0);
        boolean positive = node.attributes().flag("positive", true);
        Bits hash = Bits.of(node, seed & 0xFFFF_FFFFL);
        for (int i = 0; i < element.bits() / Integer.SIZE; i++) {
            Bits block = word(node, i).times(0xcc9e2d51L).rotated(15).times(0x1b873593L);
            hash = hash.xor(block).rotated(13).times(5).plus(0xe6546b64L);
        }
        hash = hash.xor(Bits.of(node, element.bits() / Byte.SIZE));
        hash = hash.xor(hash.right(16)).times(0x85ebca6bL);
        hash = hash.xor(hash.right(13)).times(0xc2b2ae35L);
        hash = hash.xor(hash.right(16));
        return new Term(node, hash.value).as(positive ? ElementType.UINT32 : ElementType.INT32).value();
    }

    private static Bits word(NodeContext node, int index) {
        Term x = Term.operand(node, 0);
        if (x.element().isReal()) {
            x = x.with(new BitCast(x.element() == ElementType.FLOAT64 ? ElementType.UINT64 : ElementType.UINT32));
        }
        if (index == 0) {
            return new Bits(node, x.as(ElementType.UINT32).value());
        }
        Value all = x.as(ElementType.UINT64).value();
        Value high = node.add(new BitShift(false), all, node.scalar(all, Integer.SIZE));
        return new Bits(node, new Term(node, high).as(ElementType.UINT32).value());
    }

    /// Unsigned 32-bit integers in a formula.
    ///
    /// @param node the ONNX node
    /// @param value the integers
    private record Bits(NodeContext node, Value value) {
        static Bits of(NodeContext node, long number) {
            return new Bits(node, node.constant(TensorData.ofIntegers(ElementType.UINT32, new long[] {number})));
        }

        private Bits apply(Op op, Bits other) {
            return new Bits(node, node.add(op, value, other.value));
        }

        Bits times(long number) {
            return apply(new Mul(), of(node, number));
        }

        Bits plus(long number) {
            return apply(new Add(), of(node, number));
        }

        Bits xor(Bits other) {
            return apply(new BitwiseXor(), other);
        }

        Bits right(int bits) {
            return apply(new BitShift(false), of(node, bits));
        }

        Bits rotated(int bits) {
            Bits low = apply(new BitShift(true), of(node, bits));
            return low.apply(new BitwiseOr(), right(Integer.SIZE - bits));
        }
    }
}
