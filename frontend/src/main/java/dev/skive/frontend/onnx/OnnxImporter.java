package dev.skive.frontend.onnx;

import dev.skive.frontend.onnx.file.ExternalData;
import dev.skive.frontend.onnx.file.ModelFile;
import dev.skive.frontend.onnx.file.TensorReader;
import dev.skive.frontend.onnx.function.FunctionInlining;
import dev.skive.frontend.onnx.proto.ModelProto;
import dev.skive.ir.graph.Graph;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/// Reads ONNX models. The file is mapped, not loaded: weights stay in it, so a model larger than the Java heap can be
/// read. The file is untrusted; see [Limits].
///
/// @param options how models are read
/// @param diagnostics where warnings go
public record OnnxImporter(ImportOptions options, Diagnostics diagnostics) {
    /// An importer with default options that drops warnings.
    public OnnxImporter() {
        this(ImportOptions.DEFAULT, Diagnostics.silent());
    }

    /// The graph of a model.
    ///
    /// @throws dev.skive.ir.SkiveException when the file cannot be read, is not a valid model, uses something that is not
    ///     supported, or is refused
    public Graph read(Path path) {
        return read(ModelFile.open(path, options.limits()), path);
    }

    /// The graph of a model that lies in memory.
    ///
    /// @param path where it is thought to lie: beside it is its external data
    /// @throws dev.skive.ir.SkiveException as [#read(Path)]
    public Graph read(MemorySegment bytes, Path path) {
        return read(ModelFile.of(bytes, path, options.limits()), path);
    }

    private Graph read(ModelFile file, Path path) {
        var tensors = new TensorReader(file, new ExternalData(path, options), options.limits());
        new ModelLimits(options.limits()).check(file.model());
        ModelProto model = FunctionInlining.inline(file.model(), options.limits());
        return new ModelImport(model, options, diagnostics, tensors).graph();
    }
}
