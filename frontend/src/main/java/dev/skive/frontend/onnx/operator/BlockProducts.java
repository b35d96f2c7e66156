package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.BitShift;
import dev.skive.ir.op.BitwiseAnd;
import dev.skive.ir.op.Gather;
import dev.skive.ir.op.Slice;
import dev.skive.ir.op.Transpose;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/// Products of ORT's own with matrices of 4-bit codes in blocks, other than `MatMulNBits`.
final class BlockProducts {
    private static final int NIBBLE = 4;

    /// What the codes of the type FP4 stand for, beside the greatest magnitude of their block.
    private static final double[] FP4 = {
        0,
        0.005208333f,
        0.6666667f,
        1,
        0.33333334f,
        0.5,
        0.16666667f,
        0.25,
        -0.0,
        -0.005208333f,
        -0.6666667f,
        -1,
        -0.33333334f,
        -0.5,
        -0.16666667f,
        -0.25
    };

    /// Those of NF4: the quantiles of a normal distribution.
    private static final double[] NF4 = {
        -1,
        -0.6961928009986877,
        -0.5250730514526367,
        -0.39491748809814453,
        -0.28444138169288635,
        -0.18477343022823334,
        -0.09105003625154495,
        0,
        0.07958029955625534,
        0.16093020141124725,
        0.24611230194568634,
        0.33791524171829224,
        0.44070982933044434,
        0.5626170039176941,
        0.7229568362236023,
        1
    };

    private BlockProducts() {}

    /// `MatMulBnb4`: codes of a table, the first of a byte in its high bits, times the greatest magnitude of each block of
    /// the flattened matrix.
    static Value bnb4(NodeContext node) {
        int inner = required(node, "K");
        int columns = required(node, "N");
        int block = required(node, "block_size");
        long type = node.attributes().integer("quant_type", 0);
        // How gradients are computed.
        node.attributes().ignore("training_mode");
        if (type != 0 && type != 1) {
            throw node.failure("attribute 'quant_type' must be 0 (FP4) or 1 (NF4), found %s", type);
        }
        var layout = new Layout(node);
        long count = (long) inner * columns;
        long blocks = Math.ceilDiv(count, block);
        Value bytes = layout.reshape(node.operand(1), Dim.of(Math.ceilDiv(count, 2)), Dim.ONE);
        Value high = node.add(new BitShift(false), bytes, node.scalar(bytes, NIBBLE));
        Value low = node.add(new BitwiseAnd(), bytes, node.scalar(bytes, (1 << NIBBLE) - 1));
        Value codes = layout.reshape(layout.concat(1, high, low), Shape.of(2 * Math.ceilDiv(count, 2)));
        Value used = layout.slice(codes, 0, Dim.ZERO, Dim.of(count));
        Value whole = layout.reshape(layout.padded(used, 0, Dim.of(blocks * block), 0), Dim.of(blocks), Dim.of(block));
        Value table = node.constant(TensorData.ofReals(node.element(2), type == 0 ? FP4 : NF4, 1L << NIBBLE));
        Term numbers = new Term(node, node.add(new Gather(0), table, layout.cast(whole, ElementType.INT64)));
        Term scaled = numbers.times(new Term(node, layout.reshape(node.operand(2), Dim.of(blocks), Dim.ONE)));
        Value flat = layout.slice(layout.reshape(scaled.value(), Shape.of(blocks * block)), 0, Dim.ZERO, Dim.of(count));
        boolean transposed = node.attributes().flag("transB", true);
        Value matrix =
                transposed
                        ? layout.transpose(layout.reshape(flat, Shape.of(columns, inner)), 1, 0)
                        : layout.reshape(flat, Shape.of(inner, columns));
        return layout.product(node.operand(0), layout.cast(matrix, node.element(0)));
    }

    /// `MatMulFpQ4`: for each column blocks of 32 codes, which begin with a `float32` scale and, in type 1, a zero point;
    /// byte `i` of a block holds codes `i` and `i + 16`.
    static Value fpQ4(NodeContext node) {
        List<Long> sizes = node.numbers(2);
        TensorData blob =
                node.operand(1).constant().orElseThrow(() -> node.failure("operand 1 of MatMulFpQ4 must be constant"));
        if (sizes.size() != 2) {
            throw node.failure("operand 1 must be a matrix, found sizes %s", sizes);
        }
        boolean hasZeros = node.attributes().integer("blk_quant_type", 1) != 0;
        var codes = new PackedColumns(blob.bytes(), sizes.get(0), sizes.get(1), hasZeros);
        if (blob.count() != codes.bytes()) {
            throw node.failure("%s bytes do not hold a matrix of sizes %s, which takes %s", blob, sizes, codes.bytes());
        }
        Value scales = node.constant(codes.scales());
        Value zeros = node.constant(codes.zeros());
        Value group = node.constant(codes.groups());
        Value real =
                QuantizedProducts.dequantized(
                        node,
                        node.constant(codes.elements()),
                        node.add(new Gather(1), scales, group),
                        node.add(new Gather(1), zeros, group));
        Value used = node.add(Slice.along(real.shape(), 1, Dim.ZERO, Dim.of(sizes.get(0))), real);
        return new Layout(node).product(node.operand(0), node.add(new Transpose(ImmutableList.of(1, 0)), used));
    }

    /// Columns of 4-bit codes in blocks, each behind its scale and perhaps its zero point.
    ///
    /// @param blob the bytes
    /// @param inner number of codes of a column
    /// @param columns number of columns
    /// @param hasZeros whether blocks have zero points; without one it is 8
    private record PackedColumns(MemorySegment blob, long inner, long columns, boolean hasZeros) {
        private static final int BLOCK = 32;
        private static final int MIDDLE = 8;

        long perColumn() {
            return Math.ceilDiv(inner, BLOCK);
        }

        long blocks() {
            return columns * perColumn();
        }

        private int header() {
            return Float.BYTES + (hasZeros ? 1 : 0);
        }

        private long start(long block) {
            return block * (header() + BLOCK / 2);
        }

        long bytes() {
            return start(blocks());
        }

        TensorData scales() {
            var scales = new double[Math.toIntExact(blocks())];
            for (int i = 0; i < scales.length; i++) {
                scales[i] = blob.get(ValueLayout.JAVA_FLOAT_UNALIGNED, start(i));
            }
            return TensorData.ofReals(ElementType.FLOAT32, scales, columns, perColumn());
        }

        TensorData zeros() {
            var zeros = new long[Math.toIntExact(blocks())];
            for (int i = 0; i < zeros.length; i++) {
                zeros[i] = hasZeros ? blob.get(ValueLayout.JAVA_BYTE, start(i) + Float.BYTES) : MIDDLE;
            }
            return TensorData.ofIntegers(ElementType.UINT4, zeros, columns, perColumn());
        }

        TensorData elements() {
            var codes = new long[Math.toIntExact(blocks() * BLOCK)];
            for (int i = 0; i < codes.length; i++) {
                int at = i % BLOCK % (BLOCK / 2);
                int both = Byte.toUnsignedInt(blob.get(ValueLayout.JAVA_BYTE, start(i / BLOCK) + header() + at));
                codes[i] = i % BLOCK < BLOCK / 2 ? both & 0xF : both >> NIBBLE;
            }
            return TensorData.ofIntegers(ElementType.UINT4, codes, columns, perColumn() * BLOCK);
        }

        /// Which block of its column each code belongs to.
        TensorData groups() {
            var groups = new long[Math.toIntExact(perColumn() * BLOCK)];
            for (int i = 0; i < groups.length; i++) {
                groups[i] = i / BLOCK;
            }
            return TensorData.ofLongs(groups, groups.length);
        }
    }

    private static int required(NodeContext node, String attribute) {
        return Math.toIntExact(
                node.attributes()
                        .integer(attribute)
                        .filter(number -> number > 0)
                        .orElseThrow(() -> node.failure("attribute '%s' must be positive", attribute)));
    }
}
