package dev.skive.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skive.codegen.Codegen;
import dev.skive.codegen.CodegenOptions;
import dev.skive.codegen.build.ModelLoader;
import dev.skive.ir.SkiveException;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.type.ElementType;
import dev.skive.runtime.InstructionSet;
import dev.skive.runtime.ModelOptions;
import dev.skive.verify.input.InputGenerator;
import dev.skive.verify.metric.Tolerance;
import dev.skive.verify.ort.OrtOptions;
import dev.skive.verify.ort.OrtReference;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class CompiledEngineTest {
    private static CompiledEngine compile(Graph graph, InstructionSet instructions) throws IOException {
        var generated = Codegen.generate(graph, CodegenOptions.of("dev.skive.generated", "Small"));
        return new CompiledEngine(ModelLoader.compile(generated, new ModelOptions(1, instructions)));
    }

    @ParameterizedTest
    @EnumSource(names = {"SCALAR", "VECTOR"})
    void generatedClassesAgreeWithOnnxRuntime(InstructionSet instructions, @TempDir Path folder) throws IOException {
        Graph model = SmallModels.encoder();
        try (OrtReference reference = OrtReference.open(SmallModels.file(model, folder), OrtOptions.DEFAULT);
                CompiledEngine compiled = compile(model, instructions)) {
            assertThat(compiled.name()).startsWith("skive (" + instructions.name().toLowerCase(java.util.Locale.ROOT));
            var check = new EquivalenceCheck(reference, compiled, new InputGenerator(model), Tolerance.FLOAT32);
            EquivalenceReport report =
                    check.run(Case.grid(Map.of("batch", List.of(1L, 3L), "sequence", List.of(1L, 5L)), 17));
            assertThat(report.passed()).as(report.toString()).isTrue();
        }
    }

    @Test
    void refusedInputsAreAUsageError() throws IOException {
        try (CompiledEngine compiled = compile(SmallModels.linear(), InstructionSet.SCALAR)) {
            Tensor narrow = Tensor.ofReals(ElementType.FLOAT32, new double[5], 1, 5);
            assertThatThrownBy(() -> compiled.run(Map.of("x", narrow)))
                    .isInstanceOf(SkiveException.class)
                    .hasMessageStartingWith("the compiled model refused its inputs: ");
            Tensor packed = Tensor.ofIntegers(ElementType.INT4, new long[6], 1, 6);
            assertThatThrownBy(() -> compiled.run(Map.of("x", packed)))
                    .hasMessageContaining("found elements of type i4");
        }
    }
}
