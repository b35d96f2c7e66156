package dev.skive.cli.engine;

import dev.skive.codegen.GeneratedModel;
import dev.skive.codegen.build.ModelLoader;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.runtime.ModelOptions;
import dev.skive.verify.CompiledEngine;
import java.io.IOException;

/// A model compiled once, from which engines with different options are made.
public final class CompiledModel {
    private final ModelLoader.Compiled compiled;

    /// Compiles a generated model in memory.
    public CompiledModel(GeneratedModel generated) throws IOException {
        this.compiled = new ModelLoader.Compiled(generated);
    }

    /// An engine of a kind.
    ///
    /// @throws SkiveException when this JVM cannot run that kind
    public CompiledEngine engine(EngineKind kind, int threads) {
        try {
            var model = compiled.load(new ModelOptions(threads, kind.instructionSet()));
            String name = "%s, %d %s".formatted(model.instructionSet(), threads, threads == 1 ? "thread" : "threads");
            return new CompiledEngine(name, model);
        } catch (IllegalStateException e) {
            throw new SkiveException(ExitCode.CHECK_FAILED, String.valueOf(e.getMessage()), e);
        }
    }
}
