package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Gather;
import dev.skive.ir.op.Reshape;
import java.util.Optional;
import java.util.stream.IntStream;

/// `Compress`: the slices for which a condition holds. It must be constant: otherwise it decides the size of the result.
record CompressImporter() implements NodeImporter.Single {
    @Override
    public Value result(NodeContext node) {
        Optional<Long> axis = node.attributes().integer("axis");
        Value x = node.operand(0);
        TensorData condition =
                node.operand(1)
                        .constant()
                        .orElseThrow(() -> node.failure("Compress with a condition that is not constant"));
        long[] holds = condition.longs();
        long[] indexes = IntStream.range(0, holds.length).filter(i -> holds[i] != 0).asLongStream().toArray();
        Value picked = node.constant(TensorData.ofLongs(indexes, indexes.length));
        Value flat = axis.isPresent() ? x : node.add(new Reshape(ImmutableList.of(x.shape().elementCount())), x);
        return node.add(new Gather(axis.map(x.shape()::axis).orElse(0)), flat, picked);
    }
}
