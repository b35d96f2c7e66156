package dev.skive.verify.conformance;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import java.nio.file.Path;

/// A model and what it should compute.
///
/// @param name its folder below the root, with slashes
/// @param model the model's file
/// @param dataSets inputs and expected outputs, in order
public record TestCase(String name, Path model, ImmutableList<DataSet> dataSets) {
    /// One call of the model.
    ///
    /// @param name its folder
    /// @param inputs files by position among the inputs of the graph
    /// @param outputs files by position among the outputs of the graph
    public record DataSet(
            String name, ImmutableSortedMap<Integer, Path> inputs, ImmutableSortedMap<Integer, Path> outputs) {}
}
