package dev.skive.frontend.onnx;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.skive.ir.type.Shape;

/// How a model is read.
///
/// @param inputShapes shapes by input name that take the place of the declared ones
/// @param openInputs inputs that a run gives although they have an initializer; others become constants
/// @param limits what is refused
/// @param allowLinks whether external data may be a symbolic or hard link, and so lie outside the model's folder
public record ImportOptions(
        ImmutableMap<String, Shape> inputShapes, ImmutableSet<String> openInputs, Limits limits, boolean allowLinks) {
    /// The model as it is, with safe limits.
    public static final ImportOptions DEFAULT =
            new ImportOptions(ImmutableMap.of(), ImmutableSet.of(), Limits.DEFAULT, false);

    /// These options with other input shapes.
    public ImportOptions withInputShapes(ImmutableMap<String, Shape> shapes) {
        return new ImportOptions(shapes, openInputs, limits, allowLinks);
    }

    /// These options with other inputs that a run gives although they have an initializer.
    public ImportOptions withOpenInputs(ImmutableSet<String> names) {
        return new ImportOptions(inputShapes, names, limits, allowLinks);
    }

    /// These options with other limits.
    public ImportOptions withLimits(Limits other) {
        return new ImportOptions(inputShapes, openInputs, other, allowLinks);
    }
}
