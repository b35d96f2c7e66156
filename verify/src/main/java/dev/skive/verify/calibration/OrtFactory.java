package dev.skive.verify.calibration;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import dev.skive.frontend.onnx.ExportOptions;
import dev.skive.frontend.onnx.OnnxExporter;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.graph.Graph;
import dev.skive.verify.Engine;
import dev.skive.verify.ort.OrtOptions;
import dev.skive.verify.ort.OrtReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// Runs graphs in ONNX Runtime, which reads them from a temporary file.
///
/// @param options how it runs them
/// @param export how they are written
public record OrtFactory(OrtOptions options, ExportOptions export) implements EngineFactory {
    /// One thread, the default export.
    public static final OrtFactory DEFAULT = new OrtFactory(OrtOptions.DEFAULT, ExportOptions.DEFAULT);

    @Override
    public Engine open(Graph graph) {
        Path folder = temporary();
        try {
            Path file = folder.resolve("graph.onnx");
            new OnnxExporter(export).write(graph, file);
            return new Exported(OrtReference.open(file, options), folder);
        } catch (RuntimeException e) {
            delete(folder);
            throw e;
        }
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("skive");
        } catch (IOException e) {
            throw new SkiveException(ExitCode.IO, "cannot create a temporary folder: " + e.getMessage(), e);
        }
    }

    private static void delete(Path folder) {
        try {
            MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE);
        } catch (IOException e) {
            throw new SkiveException(ExitCode.IO, "cannot delete '%s': %s".formatted(folder, e.getMessage()), e);
        }
    }

    /// An engine and the folder its file lies in.
    private record Exported(OrtReference engine, Path folder) implements Engine {
        @Override
        public String name() {
            return engine.name();
        }

        @Override
        public Map<String, Tensor> run(Map<String, Tensor> inputs) {
            return engine.run(inputs);
        }

        @Override
        public void close() {
            engine.close();
            delete(folder);
        }
    }
}
