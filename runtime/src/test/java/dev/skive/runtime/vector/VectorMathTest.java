package dev.skive.runtime.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skive.runtime.ChildJvm;
import dev.skive.runtime.Functions;
import java.util.List;
import java.util.Random;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

final class VectorMathTest {
    private static final int LANES = VectorMath.SPECIES.length();

    /// Odd, so that the arguments meet every exponent and all low bits.
    private static final int STRIDE = 1499;

    static final List<Functions.Twins> FUNCTIONS = Functions.ALL;

    /// Same bits in every lane; so the accuracy of the scalar functions is that of the vector functions.
    @ParameterizedTest
    @FieldSource("FUNCTIONS")
    void equalsItsScalarTwin(Functions.Twins twins) {
        assertThat(twins.differences(STRIDE)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 16, 32, 64})
    void equalsItsScalarTwinInOtherWidths(int bytes) throws Exception {
        var options = List.of("--add-modules", "jdk.incubator.vector", "-XX:MaxVectorSize=" + bytes);
        ChildJvm child = ChildJvm.run(Functions.class, options, Integer.toString(40 * STRIDE + 1));
        assertThat(child.exit()).as(child.output()).isZero();
        int lanes = Math.min(LANES, bytes / Float.BYTES);
        assertThat(child.output()).contains("lanes " + lanes);
    }

    @Test
    void sumAddsAllLanesInOneOrder() {
        var random = new Random(7);
        for (int run = 0; run < 20_000; run++) {
            float[] values = new float[LANES];
            for (int i = 0; i < LANES; i++) {
                values[i] = random.nextFloat() - 0.5f;
            }
            float found = VectorMath.sum(FloatVector.fromArray(VectorMath.SPECIES, values, 0));
            assertThat(found).isEqualTo(folded(values));
        }
    }

    private static float folded(float[] values) {
        float[] sums = values.clone();
        for (int half = LANES / 2; half > 0; half /= 2) {
            for (int i = 0; i < half; i++) {
                sums[i] += sums[i + half];
            }
        }
        return sums[0];
    }
}
