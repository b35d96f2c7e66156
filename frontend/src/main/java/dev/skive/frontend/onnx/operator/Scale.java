package dev.skive.frontend.onnx.operator;

import dev.skive.ir.type.Dim;

/// A float32 factor of sizes. Known sizes are multiplied in float32, as ONNX Runtime does. For open ones the factor is the
/// simplest fraction that rounds to it: a scale of 1.1 means eleven tenths, not the number just below.
///
/// @param factor the factor
/// @param numerator the fraction's numerator
/// @param denominator the fraction's denominator
record Scale(float factor, long numerator, long denominator) {
    static Scale of(float factor) {
        double exact = factor;
        long[] before = {0, 1};
        long[] last = {1, 0};
        double rest = exact;
        while (true) {
            long whole = (long) Math.floor(rest);
            long[] next = {whole * last[0] + before[0], whole * last[1] + before[1]};
            if ((float) ((double) next[0] / next[1]) == factor) {
                return new Scale(factor, next[0], next[1]);
            }
            before = last;
            last = next;
            rest = 1 / (rest - whole);
        }
    }

    /// A size times the factor, rounded down.
    Dim times(Dim size) {
        return size.isKnown()
                ? Dim.of((long) (factor * (float) size.known()))
                : size.times(numerator).floorDivide(denominator);
    }
}
