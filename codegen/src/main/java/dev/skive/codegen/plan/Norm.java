package dev.skive.codegen.plan;

import java.util.Optional;

/// A normalization of rows at the end of a kernel.
///
/// @param centered true for LayerNorm, false for RmsNorm
/// @param epsilon added to the variance or mean square
/// @param scale one factor per column
/// @param bias one summand per column
public record Norm(boolean centered, double epsilon, View scale, Optional<View> bias) {}
