package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Transpose;
import java.util.stream.IntStream;

/// `Transpose`: without `perm` the axes are reversed.
record TransposeImporter() implements NodeImporter.Single {
    @Override
    public Value result(NodeContext node) {
        int rank = node.shape(0).rank();
        ImmutableList<Integer> perm =
                node.attributes()
                        .integers("perm")
                        .map(list -> list.stream().map(Long::intValue).collect(ImmutableList.toImmutableList()))
                        .orElseGet(() ->
                                IntStream.range(0, rank)
                                        .mapToObj(axis -> rank - 1 - axis)
                                        .collect(ImmutableList.toImmutableList()));
        return node.add(new Transpose(perm), node.operand(0));
    }
}
