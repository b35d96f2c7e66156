package dev.skive.verify.real;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skive.codegen.build.ModelLoader;
import dev.skive.frontend.onnx.OnnxExporter;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.GraphVerifier;
import dev.skive.runtime.InstructionSet;
import dev.skive.runtime.ModelOptions;
import dev.skive.verify.CompiledEngine;
import dev.skive.verify.Engine;
import dev.skive.verify.Referee;
import dev.skive.verify.input.InputGenerator;
import dev.skive.verify.input.Masks;
import dev.skive.verify.metric.Comparer;
import dev.skive.verify.metric.Tolerance;
import dev.skive.verify.ort.OrtOptions;
import dev.skive.verify.ort.OrtReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The models of the folder `examples`: interpreter, both kinds of kernels, and ONNX Runtime on the exported file.
final class ExamplesTest {
    @TempDir private Path folder;

    @ParameterizedTest
    @EnumSource
    void giveTheSameResultsEverywhere(Example example) {
        Graph graph = GraphVerifier.verify(example.graph());
        Path exported = folder.resolve(example + ".onnx");
        new OnnxExporter().write(graph, exported);
        ModelLoader.Compiled compiled = RealRun.compile(graph);
        var referee = new Referee(graph);
        try (var reference = OrtReference.open(exported, OrtOptions.DEFAULT);
                var vector = new CompiledEngine(compiled.load(new ModelOptions(2, InstructionSet.VECTOR)));
                var scalar = new CompiledEngine(compiled.load(new ModelOptions(1, InstructionSet.SCALAR)))) {
            for (Map<String, Long> sizes : example.sizes()) {
                Map<String, Tensor> inputs = new InputGenerator(graph).generate(sizes, Masks.FULL, 7);
                Map<String, Tensor> truth = referee.truth(inputs);
                for (Engine engine : List.of(reference, vector, scalar)) {
                    assertThat(Comparer.compare(truth, engine.run(inputs)))
                            .as("%s with %s", engine.name(), sizes)
                            .isNotEmpty()
                            .allMatch(comparison -> comparison.isWithin(Tolerance.FLOAT32));
                }
            }
        }
    }

    @Test
    void areAllTested() throws Exception {
        try (Stream<Path> files = Files.list(Path.of("..", "examples"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".skg")))
                    .containsExactlyInAnyOrderElementsOf(Stream.of(Example.values()).map(Example::file).toList());
        }
    }
}
