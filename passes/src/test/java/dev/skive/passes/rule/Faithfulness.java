package dev.skive.passes.rule;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import dev.skive.ir.eval.Interpreter;
import dev.skive.ir.eval.Precision;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.graph.Graph;
import dev.skive.passes.Contract;
import dev.skive.passes.Exactness;
import java.util.Arrays;
import java.util.Map;

/// Whether two graphs compute the same as far as a contract goes.
public final class Faithfulness {
    /// Units in the last place a double may be off per operator, sums of a few elements included.
    private static final double ULPS_PER_NODE = 64;

    private Faithfulness() {}

    /// Fails unless the outputs for these inputs agree: bit by bit for exact, in double precision for reassociating.
    public static void check(Contract contract, Graph before, Graph after, Map<String, Tensor> inputs) {
        if (contract.equals(Exactness.EXACT)) {
            var interpreter = new Interpreter(Precision.DECLARED);
            ImmutableMap<String, Tensor> expected = interpreter.run(before, inputs);
            ImmutableMap<String, Tensor> found = interpreter.run(after, inputs);
            expected.forEach((name, tensor) -> assertThat(text(get(found, name))).as(name).isEqualTo(text(tensor)));
            return;
        }
        var interpreter = new Interpreter(Precision.DOUBLE);
        ImmutableMap<String, Tensor> expected = interpreter.run(before, inputs);
        ImmutableMap<String, Tensor> found = interpreter.run(after, inputs);
        double nodes = before.nodes().size();
        expected.forEach((name, tensor) -> checkClose(name, tensor, get(found, name), nodes * ULPS_PER_NODE * 0x1p-52));
    }

    private static void checkClose(String name, Tensor expected, Tensor found, double relative) {
        assertThat(found.type()).isEqualTo(expected.type());
        double largest = Arrays.stream(expected.reals()).map(Math::abs).max().orElse(0);
        for (int i = 0; i < expected.reals().length; i++) {
            assertThat(Math.abs(found.reals()[i] - expected.reals()[i]))
                    .as("%s[%d]: expected %s, found %s", name, i, expected.reals()[i], found.reals()[i])
                    .isLessThanOrEqualTo(relative * largest);
        }
    }

    private static Tensor get(ImmutableMap<String, Tensor> outputs, String name) {
        return outputs.entrySet().stream()
                .filter(entry -> entry.getKey().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no output " + name))
                .getValue();
    }

    private static String text(Tensor tensor) {
        return tensor.type() + Arrays.toString(tensor.reals()) + Arrays.toString(tensor.integers());
    }
}
