package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Reshape;
import dev.skive.ir.op.Transpose;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.Shape;

/// `DepthToSpace` and `SpaceToDepth`: blocks of pixels become channels or the other way round, by taking axes apart.
///
/// @param toSpace which of the two
record DepthImporter(boolean toSpace) implements NodeImporter.Single {
    @Override
    public Value result(NodeContext node) {
        Shape shape = node.shape(0);
        long block = node.attributes().integer("blocksize", 0);
        if (shape.rank() != 4 || block < 1) {
            throw node.failure("blocks of %s in %s", block, node.operand(0).type());
        }
        return toSpace ? toSpace(node, shape, block) : toDepth(node, shape, block);
    }

    private static Value toSpace(NodeContext node, Shape shape, long block) {
        String mode = node.attributes().text("mode", "DCR");
        Dim size = Dim.of(block);
        Dim channels = part(node, shape.dim(1), block * block);
        boolean blocksFirst =
                switch (mode) {
                    case "DCR" -> true;
                    case "CRD" -> false;
                    default -> throw node.failure("attribute 'mode' must be 'DCR' or 'CRD', found '%s'", mode);
                };
        var apart =
                blocksFirst
                        ? ImmutableList.of(shape.dim(0), size, size, channels, shape.dim(2), shape.dim(3))
                        : ImmutableList.of(shape.dim(0), channels, size, size, shape.dim(2), shape.dim(3));
        var perm = blocksFirst ? ImmutableList.of(0, 3, 4, 1, 5, 2) : ImmutableList.of(0, 1, 4, 2, 5, 3);
        var dims = ImmutableList.of(shape.dim(0), channels, shape.dim(2).times(block), shape.dim(3).times(block));
        return moved(node, apart, perm, dims);
    }

    private static Value toDepth(NodeContext node, Shape shape, long block) {
        Dim size = Dim.of(block);
        Dim rows = part(node, shape.dim(2), block);
        Dim columns = part(node, shape.dim(3), block);
        var apart = ImmutableList.of(shape.dim(0), shape.dim(1), rows, size, columns, size);
        var dims = ImmutableList.of(shape.dim(0), shape.dim(1).times(block * block), rows, columns);
        return moved(node, apart, ImmutableList.of(0, 3, 5, 1, 2, 4), dims);
    }

    private static Value moved(
            NodeContext node, ImmutableList<Dim> apart, ImmutableList<Integer> perm, ImmutableList<Dim> dims) {
        Value split = node.add(new Reshape(apart), node.operand(0));
        return node.add(new Reshape(dims), node.add(new Transpose(perm), split));
    }

    /// A size divided by the block; one that is not known is taken to divide, which a run checks.
    private static Dim part(NodeContext node, Dim size, long block) {
        if (size.isKnown() && size.known() % block != 0) {
            throw node.failure("size %s of %s does not divide by %s", size, node.operand(0).type(), block);
        }
        return size.floorDivide(block);
    }
}
