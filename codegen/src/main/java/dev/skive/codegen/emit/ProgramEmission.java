package dev.skive.codegen.emit;

import com.google.common.collect.ImmutableMap;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.TypeSpec;
import dev.skive.codegen.program.Program;
import dev.skive.codegen.program.Routine;
import dev.skive.codegen.weights.ModelWeights;
import java.util.stream.Stream;

/// Writes the classes of a model whose course depends on data: one that goes from step to step, and those of its
/// compiled parts.
///
/// @param packageName package of the classes
/// @param className name of the public class
/// @param program what it does
public record ProgramEmission(String packageName, String className, Program program) {
    /// The sources by path.
    ///
    /// @param weights the weights of all parts
    /// @param weightsName name of the weights file
    public ImmutableMap<String, String> emit(ModelWeights weights, String weightsName) {
        var names = new GeneratedNames(ClassName.get(packageName, className));
        TypeSpec model = new ProgramClass(names, program, weights).emit();
        TypeSpec shared = new WeightsClass(names, weightsName, weights.sha256()).emit();
        var sources = ImmutableMap.<String, String>builder();
        sources.putAll(new Emission(packageName, className).sources(Stream.of(model, shared)));
        for (Routine.Part part : program.parts()) {
            ModelWeights.Part compiled = weights.parts().get(part.number());
            var emission = new Emission(packageName, part(names, part.number()).simpleName());
            sources.putAll(emission.emitPart(compiled.plan(), compiled.memory()));
        }
        return sources.buildOrThrow();
    }

    /// The class of a compiled part.
    static ClassName part(GeneratedNames names, int number) {
        return names.model().peerClass(names.model().simpleName() + "Part" + number);
    }
}
