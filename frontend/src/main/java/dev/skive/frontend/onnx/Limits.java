package dev.skive.frontend.onnx;

/// How much of an untrusted model is read before it is refused.
///
/// @param modelBytes size of the model file, external data not counted
/// @param nodes nodes of all graphs together
/// @param tensorBytes size of one tensor
/// @param externalBytes size of all external data together
/// @param nameLength characters of a name
/// @param nesting graphs within graphs
public record Limits(long modelBytes, int nodes, long tensorBytes, long externalBytes, int nameLength, int nesting) {
    /// Generous enough for every model known to us.
    public static final Limits DEFAULT = new Limits(Integer.MAX_VALUE, 1_000_000, 1L << 36, 1L << 40, 4096, 32);
}
