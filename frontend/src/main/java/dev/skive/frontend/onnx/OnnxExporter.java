package dev.skive.frontend.onnx;

import dev.skive.frontend.onnx.export.GraphExport;
import dev.skive.frontend.onnx.file.ModelOutput;
import dev.skive.ir.graph.Graph;
import java.nio.file.Path;

/// Writes graphs as standard ONNX. Operators that the opset lacks are written as their parts.
///
/// @param options how models are written
public record OnnxExporter(ExportOptions options) {
    /// An exporter with default options.
    public OnnxExporter() {
        this(ExportOptions.DEFAULT);
    }

    /// Writes a model. An existing file is replaced in one step, after the new one is complete; large weights go to
    /// `<file>.data` beside it.
    ///
    /// @throws dev.skive.ir.SkiveException when a file cannot be written, or writing it is refused
    public void write(Graph graph, Path path) {
        var export = new GraphExport(graph, options.targetOpset());
        new ModelOutput(path, options.externalDataThreshold()).write(export.model(), export.constants());
    }
}
