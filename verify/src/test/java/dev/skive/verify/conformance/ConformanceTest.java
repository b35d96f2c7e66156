package dev.skive.verify.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import dev.skive.codegen.build.ModelLoader;
import dev.skive.frontend.onnx.proto.TypeProto;
import dev.skive.ir.eval.Tensor;
import dev.skive.passes.pipeline.PassRegistry;
import dev.skive.passes.pipeline.Pipeline;
import dev.skive.verify.conformance.CaseResult.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ConformanceTest {
    private static final Tensor X = TinyNode.row(-2, -0.5, 0, 3);

    @TempDir private Path root;

    private ConformanceReport run(ConformanceOptions options) {
        return new Conformance(options).run(new CaseTree(root).cases(_ -> true), _ -> {});
    }

    private ConformanceReport run() {
        return run(ConformanceOptions.of(CaseEngine.VECTOR));
    }

    private CaseResult only() {
        return run().results().getFirst();
    }

    @ParameterizedTest
    @EnumSource
    void passesOnEveryEngine(CaseEngine engine) {
        TinyNode.correct(root, "deep/er/relu", "Relu", X);
        TinyNode.correct(root, "tanh", "Tanh", X).dataSet(1, ImmutableMap.of("x", TinyNode.row(1, 2, 3, 4)));
        ConformanceReport report = run(ConformanceOptions.of(engine));
        assertThat(report.results()).extracting(CaseResult::name).containsExactly("deep/er/relu", "tanh");
        assertThat(report.results()).extracting(CaseResult::status).containsOnly(Status.PASSED);
        assertThat(report.partial()).isZero();
    }

    @Test
    void passesThroughAPipeline() {
        TinyNode.correct(root, "tanh", "Tanh", X);
        var passes = Pipeline.parse("simplify,fuse", PassRegistry.load());
        var options = ConformanceOptions.of(CaseEngine.values()).withPipeline(passes);
        assertThat(run(options).count(Status.PASSED)).isEqualTo(1);
    }

    @Test
    void wrongNumbersFailWithTheWorstElement() {
        CaseFolder.create(root, "relu", TinyNode.file("Relu", "x"))
                .dataSet(0, List.of(X), List.of(TinyNode.row(0, 0, 0, 3)))
                .dataSet(1, List.of(X), List.of(TinyNode.row(0, 0.25, 0, 3.5)));
        CaseResult result = only();
        assertThat(result.status()).isEqualTo(Status.FAILED);
        assertThat(result.reason())
                .contains("test_data_set_1", "output 'y'", "at [3]", "expected 3.5, found 3.0", "2 of 4 elements");
    }

    @Test
    void otherSizesFail() {
        CaseFolder.create(root, "relu", TinyNode.file("Relu", "x")).dataSet(0, List.of(X), List.of(TinyNode.row(0, 0)));
        assertThat(only().reason()).contains("expected f32[2], found f32[4]");
    }

    @Test
    void unknownOperatorsAreUnsupported() {
        for (String name : List.of("a", "b")) {
            CaseFolder.create(root, name, TinyNode.file("Frobnicate", "x")).dataSet(0, List.of(X), List.of(X));
        }
        ConformanceReport report = run();
        assertThat(report.count(Status.UNSUPPORTED)).isEqualTo(2);
        assertThat(report.unsupportedReasons()).containsExactly(java.util.Map.entry("operator Frobnicate", 2));
        assertThat(report.results().getFirst().reason()).contains("Frobnicate (opset 17)");
    }

    @Test
    void refusingAValidModelForAnotherReasonFails() {
        CaseFolder.create(root, "relu", TinyNode.file("Relu", "x", "z")).dataSet(0, List.of(X, X), List.of(X));
        assertThat(only().status()).isEqualTo(Status.FAILED);
    }

    @Test
    void aDamagedFileFailsItsCaseOnly() {
        CaseFolder.write(root.resolve("damaged/model.onnx"), new byte[] {1, 2, 3});
        CaseFolder half = TinyNode.correct(root, "half", "Relu", X);
        CaseFolder.write(half.file("test_data_set_0/output_0.pb"), new byte[] {8, 1, 74, 100});
        TinyNode.correct(root, "whole", "Relu", X);
        assertThat(run().results())
                .extracting(CaseResult::status)
                .containsExactly(Status.FAILED, Status.FAILED, Status.PASSED);
    }

    @Test
    void aMissingInputFails() {
        CaseFolder.create(root, "add", TinyNode.file("Add", "x", "z")).dataSet(0, List.of(X), List.of(X));
        assertThat(only().reason()).contains("has no file for input 1 ('z')");
    }

    @Test
    void inputsWithInitializersMayBeLeftOut() {
        var model = TinyNode.model("Add", "x", "w");
        model.getGraphBuilder().addInitializer(CaseFolder.tensor(X.toData()).toBuilder().setName("w"));
        byte[] file = model.build().toByteArray();
        Tensor sum = TinyNode.row(-4, -1, 0, 6);
        CaseFolder.create(root, "left_out", file).dataSet(0, List.of(X), List.of(sum));
        CaseFolder.create(root, "other", file)
                .dataSet(0, List.of(X, sum), List.of(TinyNode.row(-6, -1.5, 0, 9)))
                .dataSet(1, List.of(X), List.of(sum));
        CaseFolder.create(root, "same", file).dataSet(0, List.of(X, X), List.of(sum));
        assertThat(run().results())
                .extracting(CaseResult::status)
                .containsExactly(Status.PASSED, Status.PASSED, Status.PASSED);
    }

    @Test
    void anInputWithoutARankGetsThatOfItsValues() {
        var model = TinyNode.model("Relu", "x");
        model.getGraphBuilder().setInput(0, TinyNode.value("x", false));
        CaseFolder.create(root, "relu", model.build().toByteArray())
                .dataSet(0, List.of(X), List.of(TinyNode.row(0, 0, 0, 3)));
        assertThat(only().status()).isEqualTo(Status.PASSED);
    }

    @Test
    void sequencesAreReadAndUnsupported() {
        var model = TinyNode.model("Identity", "x");
        var sequence = TypeProto.newBuilder().setSequenceType(TypeProto.Sequence.newBuilder());
        model.getGraphBuilder().getInputBuilder(0).setType(sequence);
        CaseFolder.create(root, "identity", model.build().toByteArray()).dataSet(0, List.of(X), List.of(X));
        assertThat(only().status()).isEqualTo(Status.UNSUPPORTED);
    }

    @Test
    void whatIsNotComparedIsSaid() {
        CaseFolder.create(root, "no_outputs", TinyNode.file("Relu", "x")).dataSet(0, List.of(X), List.of());
        CaseFolder.create(root, "no_sets", TinyNode.file("Relu", "x"));
        ConformanceReport report = run();
        assertThat(report.count(Status.PASSED)).isEqualTo(2);
        assertThat(report.partial()).isEqualTo(2);
        assertThat(report.results().getFirst().reason()).contains("no expected outputs");
        assertThat(report.results().getLast().reason()).contains("only compiled");
    }

    @Test
    void timeRunsOutAndTheRunGoesOn() {
        TinyNode.correct(root, "a", "Relu", X);
        TinyNode.correct(root, "b", "Tanh", X);
        var options = ConformanceOptions.of(CaseEngine.VECTOR).withTimeLimit(Duration.ofMillis(1));
        ConformanceReport report = run(options);
        assertThat(report.results()).extracting(CaseResult::status).containsOnly(Status.FAILED);
        assertThat(report.results()).allMatch(result -> result.reason().equals("timeout: not done within 1 ms"));
    }

    @Test
    void aCaseThatDoesNotCompileFailsAlone() {
        for (int i = 0; i < 9; i++) {
            TinyNode.correct(root, "case" + i, "Relu", X);
        }
        var sizes = new ArrayList<Integer>();
        var run =
                new Conformance(
                        alone(),
                        models -> {
                            sizes.add(models.size());
                            if (models.stream().anyMatch(model -> model.mainClass().contains("case5"))) {
                                throw new AssertionError("does not compile: illegal start of expression");
                            }
                            return ModelLoader.compileAll(models);
                        });
        ConformanceReport report = run.run(new CaseTree(root).cases(_ -> true), _ -> {});
        assertThat(report.count(Status.PASSED)).isEqualTo(8);
        assertThat(report.results().get(5).reason()).contains("illegal start of expression");
        assertThat(sizes).startsWith(9).hasSizeLessThan(10);
    }

    private static ConformanceOptions alone() {
        var options = ConformanceOptions.of(CaseEngine.SCALAR);
        return new ConformanceOptions(
                options.engines(), options.pipeline(), options.timeLimit(), options.comparer(), 1, 0);
    }

    @Test
    void aCaseWithoutMemoryRunsAgainAlone() {
        TinyNode.correct(root, "a", "Relu", X);
        TinyNode.correct(root, "b", "Relu", X);
        var calls = new AtomicInteger();
        var run =
                new Conformance(
                        alone(),
                        models -> {
                            if (calls.incrementAndGet() <= 2) {
                                throw new OutOfMemoryError("test");
                            }
                            return ModelLoader.compileAll(models);
                        });
        ConformanceReport report = run.run(new CaseTree(root).cases(_ -> true), _ -> {});
        assertThat(report.results()).extracting(CaseResult::status).containsOnly(Status.PASSED);
    }

    @Test
    void deepRecursionFailsItsCaseOnly() {
        TinyNode.correct(root, "a", "Relu", X);
        var run =
                new Conformance(
                        alone(),
                        _ -> {
                            throw new StackOverflowError();
                        });
        assertThat(run.run(new CaseTree(root).cases(_ -> true), _ -> {}).results().getFirst().reason())
                .contains("StackOverflowError");
    }

    @Test
    void hundredsOfCasesRunInOneGo() {
        List<String> operators = List.of("Relu", "Tanh", "Neg", "Abs", "Exp", "Sigmoid");
        for (int i = 0; i < 320; i++) {
            TinyNode.correct(root, "set" + i % 4 + "/case" + i, operators.get(i % operators.size()), X);
        }
        var finished = new AtomicInteger();
        var options = ConformanceOptions.of(CaseEngine.VECTOR);
        ConformanceReport report =
                new Conformance(options).run(new CaseTree(root).cases(_ -> true), _ -> finished.incrementAndGet());
        assertThat(report.count(Status.PASSED)).isEqualTo(320);
        assertThat(finished).hasValue(320);
    }
}
