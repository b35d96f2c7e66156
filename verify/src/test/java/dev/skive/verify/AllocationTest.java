package dev.skive.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.skive.runtime.InstructionSet;
import dev.skive.runtime.Model;
import dev.skive.runtime.Tensor;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a call leaves on the heap once everything is compiled.
final class AllocationTest {
    private static final long MOST_BYTES = 4096;
    private static final int ARRAY_HEADER = 16;

    /// Calls between two looks, and the looks until calls must be steady.
    private static final int CALLS = 250;

    private static final int LOOKS = 24;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /// The calling thread of a run of 8 tokens, beyond the elements of the results.
    @ParameterizedTest
    @CsvSource({"VECTOR, 1", "VECTOR, 2", "SCALAR, 1", "SCALAR, 2"})
    void steadyCallsAllocateLittle(InstructionSet set, int threads) {
        try (var encoder = new CompiledEncoder(EmbeddingModel.MINI_LM);
                Model model = encoder.load(set, threads)) {
            var inputs = CompiledEngine.arguments(encoder.inputs(encoder.cases(List.of(1L), List.of(8L)).getFirst()));
            long least = Long.MAX_VALUE;
            for (int look = 0; look < LOOKS && least >= MOST_BYTES; look++) {
                least = Math.min(least, perCall(model, inputs));
            }
            assertThat(least).as("bytes per call beyond the results").isLessThan(MOST_BYTES);
        }
    }

    private static long perCall(Model model, Map<String, Tensor> inputs) {
        long results = 0;
        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int call = 0; call < CALLS; call++) {
            for (Tensor result : model.run(inputs).values()) {
                results += result.segment().byteSize() + ARRAY_HEADER;
            }
        }
        return (THREADS.getCurrentThreadAllocatedBytes() - before - results) / CALLS;
    }
}
