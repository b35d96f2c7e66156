package dev.skive.passes.pipeline;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Graph;

/// The outcome of a pipeline.
///
/// @param graph after the last pass
/// @param reports one per pass
public record PipelineResult(Graph graph, ImmutableList<PassReport> reports) {}
