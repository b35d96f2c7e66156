package dev.skive.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skive.runtime.Tensor;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Runs every benchmark once, so that none of them rots.
class BenchmarksTest {
    private static final int TOKENS = 8;

    @ParameterizedTest
    @EnumSource
    void productsRun(ProductBenchmark.Product product) {
        var benchmark = new ProductBenchmark();
        benchmark.product = product;
        benchmark.tokens = TOKENS;
        benchmark.engine = "vector";
        benchmark.generate();
        assertRuns(benchmark.run());
        benchmark.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"vector", "scalar"})
    void attentionRuns(String engine) {
        var benchmark = new AttentionBenchmark();
        benchmark.tokens = TOKENS;
        benchmark.engine = engine;
        benchmark.generate();
        assertRuns(benchmark.run());
        benchmark.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"vector", "scalar"})
    void layerNormRuns(String engine) {
        var benchmark = new LayerNormBenchmark();
        benchmark.tokens = TOKENS;
        benchmark.engine = engine;
        benchmark.generate();
        assertRuns(benchmark.run());
        benchmark.close();
    }

    private static void assertRuns(Map<String, Tensor> outputs) {
        assertThat(outputs).hasSize(1).allSatisfy((name, tensor) -> assertThat(tensor.size(1)).isEqualTo(TOKENS));
    }
}
