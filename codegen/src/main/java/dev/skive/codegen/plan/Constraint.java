package dev.skive.codegen.plan;

import dev.skive.ir.graph.Origin;
import dev.skive.ir.type.Dim;

/// Two sizes that must be equal for a run to make sense.
///
/// @param left one size
/// @param right the other
/// @param origin the nodes that need it
public record Constraint(Dim left, Dim right, Origin origin) {}
