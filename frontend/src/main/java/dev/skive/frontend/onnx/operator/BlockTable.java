package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.BitShift;
import dev.skive.ir.op.BitwiseAnd;
import dev.skive.ir.op.BitwiseXor;
import dev.skive.ir.op.Concat;
import dev.skive.ir.op.Dequantize;
import dev.skive.ir.op.Gather;
import dev.skive.ir.op.Reshape;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;

/// `GatherBlockQuantized`: rows of a table of integers with a scale per block, looked up before they are taken back to
/// reals. Of 4-bit tables bytes are looked up, then taken apart.
record BlockTable() implements NodeImporter.Single {
    private static final int NIBBLE = 4;

    /// What is given once per block.
    ///
    /// @param node the ONNX node
    /// @param axis the axis that is looked up
    /// @param moved where the axis with blocks is afterwards
    /// @param group the block of each element
    private record Blocks(NodeContext node, int axis, int moved, Value group) {
        /// Looked up, and as often as there are elements.
        Value spread(Value perBlock) {
            return node.add(new Gather(moved), node.add(new Gather(axis), perBlock, node.operand(1)), group);
        }
    }

    @Override
    public Value result(NodeContext node) {
        long block = node.attributes().integer("block_size", 128);
        int bits = Math.toIntExact(node.attributes().integer("bits", NIBBLE));
        if (bits != NIBBLE && bits != Byte.SIZE) {
            throw node.failure("attribute 'bits' must be 4 or 8, found %s", bits);
        }
        Shape shape = shape(node, bits);
        int axis = shape.axis(node.attributes().integer("gather_axis", 0));
        int quantized = shape.axis(node.attributes().integer("quantize_axis", 1));
        Dim width = shape.dim(quantized);
        if (block < 1 || axis == quantized || !width.isKnown()) {
            throw node.failure(
                    "needs positive blocks along an axis of known size that is not gathered, found blocks of %s along"
                            + " axis %s of %s, gathered along %s",
                    block, quantized, shape, axis);
        }
        int moved = quantized + (quantized > axis ? node.shape(1).rank() - 1 : 0);
        var groups = new long[Math.toIntExact(width.known())];
        for (int i = 0; i < groups.length; i++) {
            groups[i] = i / block;
        }
        var blocks = new Blocks(node, axis, moved, node.constant(TensorData.ofLongs(groups, groups.length)));
        Value rows = rows(node, bits, axis);
        Value scales = blocks.spread(node.operand(2));
        Value zeros =
                node.has(3)
                        ? blocks.spread(bytes(node, 3, bits))
                        : node.scalar(rows, node.element(0) == ElementType.UINT8 ? 1 << (bits - 1) : 0);
        return node.add(new Dequantize(scales.tensor().element()), rows, scales, zeros);
    }

    private static boolean isPacked(NodeContext node, int bits) {
        return node.element(0) == ElementType.UINT8 && bits == NIBBLE;
    }

    /// The shape in elements; bytes hold two of them along the last axis.
    private static Shape shape(NodeContext node, int bits) {
        Shape given = node.shape(0);
        return isPacked(node, bits) ? given.with(given.rank() - 1, given.last().times(2)) : given;
    }

    private static Value rows(NodeContext node, int bits, int axis) {
        Value table = node.operand(0);
        if (table.tensor().element().bits() == Byte.SIZE && !isPacked(node, bits)) {
            return node.add(new Gather(axis), table, node.operand(1));
        }
        boolean signed = table.tensor().element().kind() == ElementType.Kind.SIGNED;
        boolean apart = !isPacked(node, bits) && table.shape().last().known() % 2 != 0;
        if (apart || axis == table.shape().rank() - 1) {
            return node.add(new Gather(axis), bytes(node, 0, bits), node.operand(1));
        }
        TensorData data = constant(node, 0);
        long[] sizes = data.sizes().clone();
        sizes[sizes.length - 1] /= isPacked(node, bits) ? 1 : 2;
        Value pairs = node.constant(TensorData.wrap(ElementType.UINT8, sizes, data.bytes()));
        Value found = node.add(new Gather(axis), pairs, node.operand(1));
        Value low = node.add(new BitwiseAnd(), found, node.scalar(found, 15));
        Value high = node.add(new BitShift(false), found, node.scalar(found, NIBBLE));
        Shape wide = found.shape();
        ImmutableList<Dim> single = ImmutableList.<Dim>builder().addAll(wide.dims()).add(Dim.ONE).build();
        Value both =
                node.add(
                        new Concat(wide.rank()),
                        node.add(new Reshape(single), low),
                        node.add(new Reshape(single), high));
        Value elements = node.add(new Reshape(wide.with(wide.rank() - 1, wide.last().times(2)).dims()), both);
        return signed ? signed(node, elements) : elements;
    }

    /// Numbers of 4 bits as what they are in two's complement.
    private static Value signed(NodeContext node, Value elements) {
        Value flipped = node.add(new BitwiseXor(), elements, node.scalar(elements, 8));
        return new Term(node, flipped).as(ElementType.INT8).minus(8).value();
    }

    private static TensorData constant(NodeContext node, int index) {
        return node.operand(index)
                .constant()
                .orElseThrow(() -> node.failure("operand %s of 4 bits must be constant", index));
    }

    /// Elements of 4 bits, each as a byte of its own.
    private static Value bytes(NodeContext node, int index, int bits) {
        Value given = node.operand(index);
        if (given.tensor().element().bits() == Byte.SIZE && !isPacked(node, bits)) {
            return given;
        }
        TensorData data = constant(node, index);
        long[] sizes = data.sizes().clone();
        sizes[sizes.length - 1] *= isPacked(node, bits) ? 2 : 1;
        boolean signed = given.tensor().element().kind() == ElementType.Kind.SIGNED;
        TensorData elements = isPacked(node, bits) ? TensorData.wrap(ElementType.UINT4, sizes, data.bytes()) : data;
        return node.constant(
                TensorData.ofIntegers(signed ? ElementType.INT8 : ElementType.UINT8, elements.longs(), sizes));
    }
}
