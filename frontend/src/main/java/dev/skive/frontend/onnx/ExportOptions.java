package dev.skive.frontend.onnx;

import dev.skive.frontend.onnx.file.OnnxVersions;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;

/// How a model is written.
///
/// @param targetOpset version of the standard operator set
/// @param externalDataThreshold bytes of weights beyond which they go to a file of their own
public record ExportOptions(int targetOpset, long externalDataThreshold) {
    /// Oldest opset that can be written.
    public static final int OLDEST_OPSET = 13;

    /// An opset that every runtime in use understands, and weights inside the file up to 1.5 GB.
    public static final ExportOptions DEFAULT = new ExportOptions(17, 1_500_000_000L);

    /// Checks the opset.
    ///
    /// @throws SkiveException when it cannot be written
    public ExportOptions {
        if (targetOpset < OLDEST_OPSET || targetOpset > OnnxVersions.NEWEST_OPSET) {
            throw new SkiveException(
                    ExitCode.USAGE,
                    "opset %d cannot be written, %d to %d can"
                            .formatted(targetOpset, OLDEST_OPSET, OnnxVersions.NEWEST_OPSET));
        }
    }

    /// These options with another opset.
    public ExportOptions withTargetOpset(int opset) {
        return new ExportOptions(opset, externalDataThreshold);
    }

    /// These options with another threshold.
    public ExportOptions withExternalDataThreshold(long bytes) {
        return new ExportOptions(targetOpset, bytes);
    }
}
