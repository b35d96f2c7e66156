package dev.skive.codegen.plan;

import dev.skive.ir.type.Dim;

/// A view as evenly spaced rows of consecutive elements.
///
/// @param view the view
/// @param rows number of rows
/// @param columns elements per row
/// @param rowStride elements from one row to the next
public record Matrix(View view, Dim rows, Dim columns, Dim rowStride) {}
