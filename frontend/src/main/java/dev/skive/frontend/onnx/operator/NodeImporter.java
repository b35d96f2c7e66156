package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Value;

/// What one ONNX operator means in the IR, in every opset.
@FunctionalInterface
public interface NodeImporter {
    /// The results of a node, in order; results at the end that the importer cannot give may be left out.
    ///
    /// @throws dev.skive.ir.SkiveException when the node is not valid or not supported
    ImmutableList<Value> results(NodeContext node);

    /// An importer of operators with one result.
    interface Single extends NodeImporter {
        /// The result of a node.
        ///
        /// @throws dev.skive.ir.SkiveException when the node is not valid or not supported
        Value result(NodeContext node);

        @Override
        default ImmutableList<Value> results(NodeContext node) {
            return ImmutableList.of(result(node));
        }
    }
}
