package dev.skive.frontend.lang;

import com.google.common.collect.ImmutableMap;
import dev.skive.ir.data.TensorData;

/// A graph as text, and the constants that the text only names.
///
/// @param text the text
/// @param weights the constants by name, in the order of the graph
public record PrintedGraph(String text, ImmutableMap<String, TensorData> weights) {}
