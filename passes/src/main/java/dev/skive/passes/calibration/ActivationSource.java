package dev.skive.passes.calibration;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Value;

/// The values that a graph computes on calibration data, sample by sample, so that the data never lies in memory as a whole.
/// A sample is one run of the model without padding: every position of a sequence counts.
public interface ActivationSource {
    /// No data: asking for values is a mistake of the user.
    ActivationSource NONE =
            (graph, values, visitor) -> {
                throw new SkiveException(
                        ExitCode.USAGE,
                        "a pass of the pipeline learns from data; give it some with --calibration (a .npz file, a folder of .npy "
                                + "files, or lines of text with --tokenizer)");
            };

    /// Sees the values of one sample after the other.
    @FunctionalInterface
    interface Visitor {
        /// Sees one sample.
        ///
        /// @param values in the order they were asked for
        void see(ImmutableList<Tensor> values);
    }

    /// Runs the graph on every sample.
    ///
    /// @param graph a graph with the inputs that the data is for
    /// @param values what to show; each is a value of the graph
    /// @param visitor sees them
    /// @throws SkiveException when there is no data, or it does not fit the inputs
    void visit(Graph graph, ImmutableList<Value> values, Visitor visitor);
}
