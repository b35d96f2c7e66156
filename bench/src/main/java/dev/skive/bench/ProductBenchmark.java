package dev.skive.bench;

import com.google.common.collect.ImmutableMap;
import dev.skive.ir.graph.GraphBuilder;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Gelu;
import dev.skive.ir.op.Linear;
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

/// The matrix products of a layer of MiniLM: queries, keys and values at once, the output of attention, and both halves
/// of the feed-forward network, the first with its GELU.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class ProductBenchmark {
    /// The product.
    @Param public Product product = Product.QKV;

    /// Rows of the left matrix.
    @Param({"8", "128", "512"})
    public int tokens;

    /// The kernels.
    @Param({"vector", "scalar"})
    public String engine = "";

    private Optional<GeneratedKernel> kernel = Optional.empty();

    /// The products of a layer.
    public enum Product {
        QKV(GeneratedKernel.HIDDEN, 3 * GeneratedKernel.HIDDEN),
        ATTENTION_OUTPUT(GeneratedKernel.HIDDEN, GeneratedKernel.HIDDEN),
        UP_WITH_GELU(GeneratedKernel.HIDDEN, 4 * GeneratedKernel.HIDDEN),
        DOWN(4 * GeneratedKernel.HIDDEN, GeneratedKernel.HIDDEN);

        private final int rows;
        private final int columns;

        Product(int rows, int columns) {
            this.rows = rows;
            this.columns = columns;
        }

        private Value build(GraphBuilder builder, Value x) {
            Value weights = GeneratedKernel.weights(builder, rows, columns);
            Value bias = GeneratedKernel.weights(builder, columns);
            Value y = builder.add(GeneratedKernel.origin(), new Linear(), x, weights, bias);
            return this == UP_WITH_GELU ? builder.add(GeneratedKernel.origin(), new Gelu(Gelu.Form.ERF), y) : y;
        }
    }

    /// Generates the class.
    @Setup
    public void generate() {
        kernel =
                Optional.of(
                        GeneratedKernel.of(
                                ImmutableMap.of("x", product.rows),
                                tokens,
                                engine,
                                (builder, inputs) -> product.build(builder, inputs.values().asList().getFirst())));
    }

    /// Ends its threads.
    @TearDown
    public void close() {
        kernel.ifPresent(GeneratedKernel::close);
    }

    /// One product.
    @Benchmark
    public Map<String, Tensor> run() {
        return kernel.orElseThrow().run();
    }
}
