package dev.skive.bench;

import com.google.common.collect.ImmutableMap;
import dev.skive.ir.op.LayerNorm;
import dev.skive.runtime.Tensor;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// The layer normalization of MiniLM, alone.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class LayerNormBenchmark {
    private static final double EPSILON = 1e-12;

    /// Rows that are normalized.
    @Param({"8", "128", "512"})
    public int tokens;

    /// The kernels.
    @Param({"vector", "scalar"})
    public String engine = "";

    private Optional<GeneratedKernel> kernel = Optional.empty();

    /// Generates the class.
    @Setup
    public void generate() {
        int width = GeneratedKernel.HIDDEN;
        kernel =
                Optional.of(
                        GeneratedKernel.of(
                                ImmutableMap.of("x", width),
                                tokens,
                                engine,
                                (builder, inputs) ->
                                        builder.add(
                                                GeneratedKernel.origin(),
                                                new LayerNorm(2, EPSILON),
                                                inputs.values().asList().getFirst(),
                                                GeneratedKernel.weights(builder, width),
                                                GeneratedKernel.weights(builder, width))));
    }

    /// Ends its threads.
    @TearDown
    public void close() {
        kernel.ifPresent(GeneratedKernel::close);
    }

    /// One normalization.
    @Benchmark
    public Map<String, Tensor> run() {
        return kernel.orElseThrow().run();
    }
}
