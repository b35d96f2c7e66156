package dev.skive.codegen.emit;

import dev.skive.codegen.plan.Matrix;

/// Rows of elements in generated code.
///
/// @param array the Java array
/// @param start where row 0 starts
/// @param matrix sizes
record Rows(String array, String start, Matrix matrix) {
    /// The rows of a matrix whose offset is a parameter.
    static Rows of(KernelMethod method, String start, Matrix matrix) {
        return new Rows(method.array(matrix.view()), start, matrix);
    }

    /// Where a row starts; `0` is the first.
    String at(KernelMethod method, String row) {
        return row.equals("0") ? start : start + method.step(row, matrix.rowStride());
    }

    /// The distance between rows.
    String stride(KernelMethod method) {
        return method.size(matrix.rowStride());
    }
}
