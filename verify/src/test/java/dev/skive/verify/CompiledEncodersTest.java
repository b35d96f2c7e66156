package dev.skive.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import dev.skive.codegen.GeneratedModel;
import dev.skive.codegen.build.ModelJar;
import dev.skive.frontend.onnx.OnnxImporter;
import dev.skive.ir.eval.Tensor;
import dev.skive.runtime.InstructionSet;
import dev.skive.runtime.Model;
import dev.skive.verify.metric.Comparer;
import dev.skive.verify.metric.Tolerance;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.attribute.CodeAttribute;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Real encoders, compiled, against ONNX Runtime and the truth.
///
/// Every size is compared with ONNX Runtime. The referee, which evaluates every node in double precision, judges runs of
/// up to 512 tokens in the ordinary build: every sequence with batch 1, and up to 128 with batch 4, full and padded
/// masks. With `-Dskive.full=true` it judges the rest too, which takes about two minutes more.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CompiledEncodersTest {
    private static final List<Long> BATCHES = List.of(1L, 4L);
    private static final List<Long> SEQUENCES = List.of(1L, 7L, 8L, 16L, 64L, 128L, 200L, 512L);
    private static final long MOST_TOKENS = Boolean.getBoolean("skive.full") ? Long.MAX_VALUE : 512;
    private static final List<InstructionSet> KERNELS = List.of(InstructionSet.VECTOR, InstructionSet.SCALAR);

    /// Of our error and that of ONNX Runtime.
    private static final double LARGEST_RATIO = 2;

    private static final int LONGEST_METHOD = 8000;
    private static final int MOST_SOURCE = 400_000;

    private final Map<EmbeddingModel, CompiledEncoder> encoders = new EnumMap<>(EmbeddingModel.class);

    private CompiledEncoder encoder(EmbeddingModel model) {
        return encoders.computeIfAbsent(model, CompiledEncoder::new);
    }

    @AfterAll
    void close() {
        encoders.values().forEach(CompiledEncoder::close);
    }

    /// All outputs, all sizes, both kinds of kernels, and the same bits on one and on two threads.
    @ParameterizedTest
    @EnumSource
    void equalOnnxRuntimeOnAnyNumberOfThreads(EmbeddingModel model) {
        CompiledEncoder encoder = encoder(model);
        List<Case> cases = encoder.cases(BATCHES, SEQUENCES);
        var expected = cases.stream().map(one -> encoder.reference().run(encoder.inputs(one))).toList();
        var mistakes = new ArrayList<String>();
        for (InstructionSet set : KERNELS) {
            try (var alone = new CompiledEngine(encoder.load(set, 1));
                    var two = new CompiledEngine(encoder.load(set, 2))) {
                for (int i = 0; i < cases.size(); i++) {
                    Map<String, Tensor> inputs = encoder.inputs(cases.get(i));
                    String where = set + ", " + cases.get(i) + ": ";
                    Map<String, Tensor> found = alone.run(inputs);
                    Comparer.compare(expected.get(i), found).stream()
                            .filter(comparison -> !comparison.isWithin(Tolerance.FLOAT32))
                            .forEach(comparison -> mistakes.add(where + comparison));
                    if (!two.run(inputs).equals(found)) {
                        mistakes.add(where + "two threads give other bits");
                    }
                }
            }
        }
        assertThat(mistakes).isEmpty();
    }

    /// Our error is at most twice that of ONNX Runtime, judged by the interpreter in double precision.
    @ParameterizedTest
    @EnumSource
    void areAsCloseToTheTruthAsOnnxRuntime(EmbeddingModel model) {
        CompiledEncoder encoder = encoder(model);
        var referee = new Referee(encoder.graph());
        var unfair = new ArrayList<String>();
        try (var vector = new CompiledEngine(encoder.load(InstructionSet.VECTOR, 1));
                var scalar = new CompiledEngine(encoder.load(InstructionSet.SCALAR, 1))) {
            for (Case one : encoder.cases(BATCHES, SEQUENCES)) {
                if (tokens(one) > MOST_TOKENS) {
                    continue;
                }
                Map<String, Tensor> inputs = encoder.inputs(one);
                Map<String, Tensor> truth = referee.truth(inputs);
                Map<String, Tensor> reference = encoder.reference().run(inputs);
                for (Engine candidate : List.of(vector, scalar)) {
                    ImmutableList<Judgement> judgements = Referee.judge(truth, reference, candidate.run(inputs));
                    assertThat(judgements).isNotEmpty();
                    judgements.stream()
                            .filter(judgement -> judgement.ratio() > LARGEST_RATIO)
                            .forEach(judgement -> unfair.add(candidate.name() + ", " + one + ": " + judgement));
                }
            }
        }
        assertThat(unfair).isEmpty();
    }

    private static long tokens(Case one) {
        return one.sizes().values().stream().reduce(1L, Math::multiplyExact);
    }

    /// Source a person can read, methods HotSpot compiles, and the same bytes every time.
    @ParameterizedTest
    @EnumSource
    void areSmallAndTheSameEveryTime(EmbeddingModel model, @TempDir Path folder) throws IOException {
        GeneratedModel generated = CompiledEncoder.generate(new OnnxImporter().read(model.file()));
        assertThat(generated.sources().values().stream().mapToInt(String::length).sum()).isLessThan(MOST_SOURCE);
        GeneratedModel again = CompiledEncoder.generate(new OnnxImporter().read(model.file()));
        assertThat(again.sources()).isEqualTo(generated.sources());
        Path jar = folder.resolve("model.jar");
        ModelJar.write(generated, jar);
        assertThat(longMethods(jar)).isEmpty();
    }

    private static List<String> longMethods(Path jar) throws IOException {
        var methods = new ArrayList<String>();
        try (var file = new JarFile(jar.toFile())) {
            for (var entry : file.stream().filter(e -> e.getName().endsWith(".class")).toList()) {
                var parsed = ClassFile.of().parse(file.getInputStream(entry).readAllBytes());
                parsed.methods().stream()
                        .filter(method ->
                                method.code()
                                        .filter(code -> ((CodeAttribute) code).codeLength() > LONGEST_METHOD)
                                        .isPresent())
                        .forEach(method -> methods.add(entry.getName() + " " + method.methodName()));
            }
        }
        return methods;
    }

    /// Layers of a kind are one method: a person reads the network once.
    @ParameterizedTest
    @EnumSource
    void haveOneMethodPerKindOfLayer(EmbeddingModel model) {
        GeneratedModel generated = CompiledEncoder.generate(encoder(model).graph());
        for (String kernels : List.of("Vector", "Scalar")) {
            String source =
                    generated.sources().entrySet().stream()
                            .filter(entry -> entry.getKey().endsWith(kernels + ".java"))
                            .map(Map.Entry::getValue)
                            .findFirst()
                            .orElse("");
            assertThat(source).containsOnlyOnce("static void transformerLayer(");
        }
        try (Model loaded = encoder(model).load(InstructionSet.VECTOR, 1)) {
            assertThat(loaded.inputs())
                    .extracting(info -> info.name())
                    .containsExactly("input_ids", "attention_mask", "token_type_ids");
        }
    }
}
