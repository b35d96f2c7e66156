package dev.skive.verify;

import com.google.common.collect.ImmutableMap;
import dev.skive.codegen.Codegen;
import dev.skive.codegen.CodegenOptions;
import dev.skive.codegen.build.ModelLoader;
import dev.skive.frontend.onnx.ExportOptions;
import dev.skive.frontend.onnx.OnnxExporter;
import dev.skive.frontend.onnx.OnnxImporter;
import dev.skive.frontend.onnx.OrtSession;
import dev.skive.frontend.onnx.RoundTrip;
import dev.skive.frontend.onnx.TestModel;
import dev.skive.ir.eval.Interpreter;
import dev.skive.ir.eval.Precision;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.GraphVerifier;
import dev.skive.passes.PassContext;
import dev.skive.passes.pipeline.PassManager;
import dev.skive.passes.pipeline.PassRegistry;
import dev.skive.passes.pipeline.Pipeline;
import dev.skive.runtime.InstructionSet;
import dev.skive.runtime.ModelOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// A model all the way: imported, optimized, compiled once, and then run as vector code and as scalar code, in the
/// interpreter and in ONNX Runtime.
final class WholeWay implements AutoCloseable {
    private final RoundTrip compare;
    private final Path folder;
    private final OrtSession reference;
    private final Graph imported;
    private final Graph optimized;
    private final ImmutableMap<String, CompiledEngine> engines;

    /// Brings a model all the way.
    ///
    /// @param roundings how many roundings an element of a result goes through
    WholeWay(TestModel model, int roundings) throws IOException {
        compare = new RoundTrip(roundings);
        folder = Files.createTempDirectory("skive-test");
        Path file = model.write(folder.resolve("model.onnx"));
        reference = new OrtSession(file, false);
        imported = GraphVerifier.verify(new OnnxImporter().read(file));
        var pipeline = Pipeline.parse("compile", PassRegistry.load());
        optimized = new PassManager(pipeline).run(imported, PassContext.quiet()).graph();
        var compiled =
                new ModelLoader.Compiled(Codegen.generate(optimized, CodegenOptions.of("generated.whole", "Tested")));
        var all = ImmutableMap.<String, CompiledEngine>builder();
        for (InstructionSet set : new InstructionSet[] {InstructionSet.VECTOR, InstructionSet.SCALAR}) {
            all.put(set.toString(), new CompiledEngine(compiled.load(new ModelOptions(2, set))));
        }
        engines = all.buildOrThrow();
    }

    /// Checks one run of a model.
    static void check(TestModel model, Map<String, Tensor> inputs) {
        try (var way = new WholeWay(model, 16)) {
            way.check(inputs);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /// Holds all ways against ONNX Runtime.
    WholeWay check(Map<String, Tensor> inputs) {
        return check(inputs, reference.run(inputs));
    }

    /// Holds all ways against what is expected, where ONNX Runtime computes something else or nothing.
    WholeWay check(Map<String, Tensor> inputs, Map<String, Tensor> expected) {
        compare.compare("interpreter", expected, new Interpreter(Precision.DECLARED).run(imported, inputs));
        compare.compare("optimized", expected, new Interpreter(Precision.DECLARED).run(optimized, inputs));
        engines.forEach((name, engine) -> compare.compare(name, expected, engine.run(inputs)));
        return this;
    }

    /// Holds the export for an opset against ONNX Runtime's results of the original.
    WholeWay export(int opset, Map<String, Tensor> inputs) throws IOException {
        Path written = folder.resolve("written.onnx");
        new OnnxExporter(ExportOptions.DEFAULT.withTargetOpset(opset)).write(imported, written);
        compare.compare("export for opset " + opset, reference.run(inputs), OrtSession.run(written, inputs));
        Files.delete(written);
        return this;
    }

    /// The ways that must refuse inputs: interpreter and generated code.
    Iterable<org.assertj.core.api.ThrowableAssert.ThrowingCallable> refusing(Map<String, Tensor> inputs) {
        var runs = new java.util.ArrayList<org.assertj.core.api.ThrowableAssert.ThrowingCallable>();
        runs.add(() -> new Interpreter(Precision.DECLARED).run(imported, inputs));
        engines.values().forEach(engine -> runs.add(() -> engine.run(inputs)));
        return runs;
    }

    @Override
    public void close() throws IOException {
        engines.values().forEach(CompiledEngine::close);
        reference.close();
        Files.deleteIfExists(folder.resolve("model.onnx"));
        Files.deleteIfExists(folder);
    }
}
