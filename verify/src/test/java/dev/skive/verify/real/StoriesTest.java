package dev.skive.verify.real;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.Iterables;
import dev.skive.codegen.Codegen;
import dev.skive.codegen.CodegenOptions;
import dev.skive.codegen.build.ModelJar;
import dev.skive.frontend.onnx.OnnxImporter;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.type.ElementType;
import dev.skive.passes.PassContext;
import dev.skive.passes.pipeline.PassManager;
import dev.skive.passes.pipeline.PassRegistry;
import dev.skive.passes.pipeline.Pipeline;
import dev.skive.runtime.InstructionSet;
import dev.skive.runtime.ModelOptions;
import dev.skive.verify.CompiledEngine;
import dev.skive.verify.Engine;
import dev.skive.verify.Referee;
import dev.skive.verify.metric.Comparer;
import dev.skive.verify.metric.Tolerance;
import dev.skive.verify.ort.OrtOptions;
import dev.skive.verify.ort.OrtReference;
import java.io.File;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The Llama examples with a real checkpoint, against the same checkpoint as an ONNX file, and the program that tells stories
/// with it.
final class StoriesTest {
    private static final int TOKENS = 60;

    @TempDir private Path folder;

    private static Path shared(String file) {
        return SharedData.file("models/tinystories-260k/" + file);
    }

    private static Map<String, Tensor> ids(List<Integer> tokens) {
        long[] ids = tokens.stream().mapToLong(Integer::longValue).toArray();
        return Map.of("ids", Tensor.ofIntegers(ElementType.INT64, ids, 1, ids.length));
    }

    @Test
    void theLogitsAreThoseOfTheCheckpoint() {
        Graph graph = Example.LLAMA.graph(shared("stories260K.bin"));
        Map<String, Tensor> inputs = ids(List.of(1, 403, 407, 261, 378, 42, 7, 500, 511, 3));
        Tensor truth = Iterables.getOnlyElement(new Referee(graph).truth(inputs).values());
        var compiled = RealRun.compile(graph);
        try (Engine vector = new CompiledEngine(compiled.load(new ModelOptions(2, InstructionSet.VECTOR)));
                Engine scalar = new CompiledEngine(compiled.load(new ModelOptions(1, InstructionSet.SCALAR)));
                Engine onnx = OrtReference.open(shared("stories260K.onnx"), OrtOptions.DEFAULT)) {
            Tensor reference = Iterables.getOnlyElement(onnx.run(Map.of("input_ids", inputs.get("ids"))).values());
            for (Tensor found :
                    List.of(
                            Iterables.getOnlyElement(vector.run(inputs).values()),
                            Iterables.getOnlyElement(scalar.run(inputs).values()),
                            reference)) {
                assertThat(Comparer.compare(Map.of("logits", truth), Map.of("logits", found)))
                        .allMatch(comparison -> comparison.isWithin(Tolerance.FLOAT32));
            }
        }
        Graph other = new OnnxImporter().read(shared("stories260K.onnx"));
        Tensor same =
                Iterables.getOnlyElement(new Referee(other).truth(Map.of("input_ids", inputs.get("ids"))).values());
        assertThat(Comparer.compare(Map.of("logits", truth), Map.of("logits", same)))
                .allMatch(comparison -> comparison.isWithin(Tolerance.relativeL2(1e-6)));
    }

    /// As a user does it: the model as a jar, the program compiled with it.
    @Test
    void theProgramTellsTheStoryThatTheModelWithoutCacheTells() throws Exception {
        Path jar = folder.resolve("llama.jar");
        Graph cached = Example.LLAMA_CACHED.graph(shared("stories260K.bin"));
        Graph optimized =
                new PassManager(Pipeline.parse("compile", PassRegistry.load()))
                        .run(cached, PassContext.quiet())
                        .graph();
        ModelJar.write(Codegen.generate(optimized, CodegenOptions.of("stories", "Llama")), jar);
        compile(jar);
        URL[] places = {jar.toUri().toURL(), folder.toUri().toURL()};
        try (var loader = new URLClassLoader(places, getClass().getClassLoader())) {
            Class<?> vocabularyClass = loader.loadClass("Story$Vocabulary");
            Class<?> modelClass = loader.loadClass("stories.Llama");
            Object vocabulary = vocabularyClass.getMethod("read", Path.class).invoke(null, shared("tok512.bin"));
            try (var model = (AutoCloseable) modelClass.getMethod("load").invoke(null)) {
                Class<?> storyClass = loader.loadClass("Story");
                Object story = storyClass.getConstructor(modelClass, vocabularyClass).newInstance(model, vocabulary);
                @SuppressWarnings("unchecked")
                var beginning =
                        (List<Integer>)
                                vocabularyClass
                                        .getMethod("tokens", String.class)
                                        .invoke(vocabulary, "Once upon a time");
                Object told = storyClass.getMethod("tokens", List.class, int.class).invoke(story, beginning, TOKENS);
                assertThat(told).isEqualTo(toldWithoutCache(beginning)).isEqualTo(toldByOnnxRuntime(beginning));
                assertThat((String) storyClass.getMethod("tell", String.class, int.class).invoke(story, "", TOKENS))
                        .startsWith("Once upon a time, there was a little girl named Lily. She loved to play outside");
            }
        }
    }

    private void compile(Path jar) {
        var errors = new StringWriter();
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            String path = jar + File.pathSeparator + System.getProperty("java.class.path");
            List<String> options = List.of("-cp", path, "-d", folder.toString(), "-Xlint:all", "-proc:none");
            boolean done =
                    compiler.getTask(
                                    errors,
                                    files,
                                    null,
                                    options,
                                    null,
                                    files.getJavaFileObjects(Path.of("..", "examples", "Story.java")))
                            .call();
            assertThat(done).as(errors.toString()).isTrue();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static List<Integer> toldWithoutCache(List<Integer> beginning) {
        Graph graph = Example.LLAMA.graph(shared("stories260K.bin"));
        try (Engine engine =
                new CompiledEngine(RealRun.compile(graph).load(new ModelOptions(1, InstructionSet.VECTOR)))) {
            return told(beginning, tokens -> engine.run(ids(tokens)));
        }
    }

    private static List<Integer> toldByOnnxRuntime(List<Integer> beginning) {
        try (Engine engine = OrtReference.open(shared("stories260K.onnx"), OrtOptions.DEFAULT)) {
            return told(beginning, tokens -> engine.run(Map.of("input_ids", ids(tokens).get("ids"))));
        }
    }

    private static List<Integer> told(
            List<Integer> beginning, java.util.function.Function<List<Integer>, Map<String, Tensor>> model) {
        var tokens = new ArrayList<>(beginning);
        for (int i = 0; i < TOKENS; i++) {
            Tensor logits = Objects.requireNonNull(Iterables.getOnlyElement(model.apply(tokens).values()));
            int size = logits.size(2);
            int last = (tokens.size() - 1) * size;
            int best = 0;
            for (int token = 1; token < size; token++) {
                if (logits.reals()[last + token] > logits.reals()[last + best]) {
                    best = token;
                }
            }
            if (best == 1) {
                break;
            }
            tokens.add(best);
        }
        return tokens;
    }
}
