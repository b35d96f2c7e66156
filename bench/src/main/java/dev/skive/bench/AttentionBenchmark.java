package dev.skive.bench;

import com.google.common.collect.ImmutableMap;
import dev.skive.ir.op.Attention;
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

/// The attention of a layer of MiniLM: 12 heads of 32, no mask.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class AttentionBenchmark {
    private static final int HEADS = 12;

    /// Queries and keys.
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
        var attention = new Attention(HEADS, HEADS, 1 / Math.sqrt((double) width / HEADS));
        kernel =
                Optional.of(
                        GeneratedKernel.of(
                                ImmutableMap.of("q", width, "k", width, "v", width),
                                tokens,
                                engine,
                                (builder, inputs) ->
                                        builder.addNode(GeneratedKernel.origin(), attention, inputs.values().asList())
                                                .result()));
    }

    /// Ends its threads.
    @TearDown
    public void close() {
        kernel.ifPresent(GeneratedKernel::close);
    }

    /// One attention.
    @Benchmark
    public Map<String, Tensor> run() {
        return kernel.orElseThrow().run();
    }
}
