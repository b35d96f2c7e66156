package dev.skive.codegen.emit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skive.codegen.Codegen;
import dev.skive.codegen.CodegenOptions;
import dev.skive.codegen.build.ModelLoader;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.GraphBuilder;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.op.Elementwise;
import dev.skive.ir.op.Erf;
import dev.skive.ir.op.Exp;
import dev.skive.ir.op.Gelu;
import dev.skive.ir.op.Sigmoid;
import dev.skive.ir.op.Tanh;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.TensorType;
import dev.skive.runtime.FloatTensor;
import dev.skive.runtime.InstructionSet;
import dev.skive.runtime.Model;
import dev.skive.runtime.ModelOptions;
import dev.skive.runtime.Tensor;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Functions written out on vectors give the same bits as their twins in `ScalarMath`, which has its accuracy tested.
class FunctionTwinsTest {
    private static final int STRIDE = 997;
    private static final List<Elementwise> FUNCTIONS =
            List.of(new Exp(), new Erf(), new Tanh(), new Sigmoid(), new Gelu(Gelu.Form.ERF), new Gelu(Gelu.Form.TANH));

    @Test
    void vectorAndScalarGiveTheSameBits() throws IOException {
        var model = new ModelLoader.Compiled(Codegen.generate(graph(), CodegenOptions.of("twins", "Twins")));
        float[] sweep = sweep();
        Map<String, Tensor> input = Map.of("x", FloatTensor.of(sweep, sweep.length));
        ModelOptions options = ModelOptions.defaults().withThreads(1);
        try (Model vector = model.load(options.withInstructionSet(InstructionSet.VECTOR));
                Model scalar = model.load(options.withInstructionSet(InstructionSet.SCALAR))) {
            Map<String, Tensor> onVectors = vector.run(input);
            Map<String, Tensor> inLoops = scalar.run(input);
            assertThat(inLoops).containsOnlyKeys(onVectors.keySet());
            onVectors.forEach((name, found) -> assertSameBits(name, sweep, found, inLoops.getOrDefault(name, found)));
        }
    }

    private static Graph graph() {
        var builder = new GraphBuilder("twins");
        var x = builder.input("x", new TensorType(ElementType.FLOAT32, Shape.of(Dim.symbol("n"))));
        for (int i = 0; i < FUNCTIONS.size(); i++) {
            builder.output("y" + i, builder.add(Origin.of("f" + i), FUNCTIONS.get(i), x));
        }
        return builder.build();
    }

    /// Floats spread over all bit patterns, special values included.
    private static float[] sweep() {
        int count = (int) ((1L << 32) / STRIDE);
        var sweep = new float[count + 6];
        for (int i = 0; i < count; i++) {
            sweep[i] = Float.intBitsToFloat((int) (i * (long) STRIDE));
        }
        float[] special = {0f, -0f, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.MIN_VALUE};
        System.arraycopy(special, 0, sweep, count, special.length);
        return sweep;
    }

    private static void assertSameBits(String name, float[] arguments, Tensor vector, Tensor scalar) {
        float[] a = ((FloatTensor) vector).values();
        float[] b = ((FloatTensor) scalar).values();
        for (int i = 0; i < a.length; i++) {
            if (Float.floatToIntBits(a[i]) != Float.floatToIntBits(b[i])) {
                assertThat(a[i]).as("%s(%s)", name, arguments[i]).isEqualTo(b[i]);
            }
        }
        assertThat(a).hasSameSizeAs(b);
    }
}
