package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Gather;
import dev.skive.ir.op.NonZero;
import dev.skive.ir.op.Reshape;
import dev.skive.ir.op.Slice;
import dev.skive.ir.type.Dim;
import java.util.Optional;
import java.util.stream.LongStream;

/// `Compress`: the slices for which a condition holds. It must be constant: otherwise it decides the size of the result.
record CompressImporter() implements NodeImporter.Single {
    @Override
    public Value result(NodeContext node) {
        Optional<Long> axis = node.attributes().integer("axis");
        Value x = node.operand(0);
        Value flat = axis.isPresent() ? x : node.add(new Reshape(ImmutableList.of(x.shape().elementCount())), x);
        int along = axis.map(x.shape()::axis).orElse(0);
        Dim size = flat.shape().dim(along);
        return node.add(new Gather(along), flat, places(node, size));
    }

    /// The places that the condition names; it may be shorter than the axis, and longer without effect.
    private static Value places(NodeContext node, Dim size) {
        Optional<TensorData> known = ConstantFolding.fold(node.operand(1));
        if (known.isPresent()) {
            long[] holds = known.get().longs();
            long[] indexes =
                    LongStream.range(0, holds.length)
                            .filter(i -> holds[(int) i] != 0 && (!size.isKnown() || i < size.known()))
                            .toArray();
            return node.constant(TensorData.ofLongs(indexes, indexes.length));
        }
        Value condition = node.operand(1);
        Dim length = condition.shape().dim(0).min(size);
        Value used =
                length.equals(condition.shape().dim(0))
                        ? condition
                        : node.add(Slice.along(condition.shape(), 0, Dim.ZERO, length), condition);
        Value found = node.addDynamic(new NonZero(node.freshSymbol("chosen")), used).getFirst();
        return node.add(new Reshape(ImmutableList.of(found.shape().dim(1))), found);
    }
}
