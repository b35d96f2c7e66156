package dev.skive.frontend.onnx.operator;

import static dev.skive.frontend.onnx.RandomTensors.declared;
import static dev.skive.frontend.onnx.TestModel.integer;
import static dev.skive.frontend.onnx.TestModel.text;

import dev.skive.frontend.onnx.RandomTensors;
import dev.skive.frontend.onnx.RoundTrip;
import dev.skive.frontend.onnx.TestModel;
import dev.skive.frontend.onnx.proto.AttributeProto;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.ElementType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/// Losses against ONNX Runtime.
class LossOperatorsTest {
    private static final RoundTrip CHECK = new RoundTrip(64);

    @Provide
    Arbitrary<String> reductions() {
        return Arbitraries.of("none", "sum", "mean");
    }

    @Property(tries = 80)
    void losses(
            @ForAll("reductions") String reduction,
            @ForAll boolean weighted,
            @ForAll @IntRange(min = -1, max = 3) int ignored,
            @ForAll @IntRange(min = 2, max = 5) int rank,
            @ForAll long seed) {
        var random = new RandomTensors(seed);
        boolean symbolic = random.random().nextBoolean();
        long[] sizes = random.random().longs(rank, 1, 5).toArray();
        sizes[1] = 3;
        long[] samples = sizes.clone();
        System.arraycopy(sizes, 2, samples, 1, rank - 2);
        Map<String, Tensor> inputs = new HashMap<>();
        ElementType element = random.random().nextBoolean() ? ElementType.INT64 : ElementType.INT32;
        inputs.put("x", random.floats(sizes));
        inputs.put("t", random.integers(element, 0, 3, Arrays.copyOf(samples, rank - 1)));
        var model =
                new TestModel(seed % 2 == 0 ? 12 : 13)
                        .input("x", ElementType.FLOAT32, declared(symbolic, "x", sizes))
                        .input("t", element, declared(symbolic, "t", Arrays.copyOf(samples, rank - 1)));
        if (weighted) {
            model.input("w", ElementType.FLOAT32, 3);
            inputs.put("w", random.floatsBetween(0.5, 2, 3));
        }
        List<AttributeProto> attributes = new ArrayList<>(List.of(text("reduction", reduction)));
        if (ignored < 3) {
            attributes.add(integer("ignore_index", ignored));
        }
        var given = attributes.toArray(AttributeProto[]::new);
        String operands = weighted ? "x,t,w" : "x,t";
        model.node("NegativeLogLikelihoodLoss", operands, "y", given)
                .nodes("SoftmaxCrossEntropyLoss", operands, List.of("z", "logarithms"), given)
                .node("SoftmaxCrossEntropyLoss", operands, "alone", given)
                .output("y", "z", "logarithms", "alone");
        CHECK.check(model, inputs, 13);
    }
}
