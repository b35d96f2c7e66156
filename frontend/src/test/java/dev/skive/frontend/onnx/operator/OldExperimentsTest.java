package dev.skive.frontend.onnx.operator;

import static dev.skive.frontend.onnx.TestModel.integer;
import static dev.skive.frontend.onnx.TestModel.integers;
import static dev.skive.frontend.onnx.TestModel.real;
import static dev.skive.frontend.onnx.TestModel.reals;

import dev.skive.frontend.onnx.RandomTensors;
import dev.skive.frontend.onnx.RoundTrip;
import dev.skive.frontend.onnx.proto.AttributeProto;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/// Operators that the standard took back against ONNX Runtime.
class OldExperimentsTest {
    private static final RoundTrip CHECK = new RoundTrip(64);

    @Property(tries = 30)
    void formulas(@ForAll @IntRange(max = 3) int kind, @ForAll boolean symbolic, @ForAll long seed) {
        var random = new RandomTensors(seed);
        String type = List.of("Affine", "ScaledTanh", "ParametricSoftplus", "Scale").get(kind);
        List<AttributeProto> attributes =
                kind == 3 ? List.of(real("scale", 0.7f)) : List.of(real("alpha", 1.3f), real("beta", -0.6f));
        new OneNode(7, symbolic).input("x", random.floats(2, 3, 4)).check(CHECK, type, List.of("y"), attributes, 17);
    }

    @Property(tries = 20)
    void images(@ForAll boolean cut, @ForAll boolean sized, @ForAll boolean symbolic, @ForAll long seed) {
        var random = new RandomTensors(seed);
        var attributes = new ArrayList<AttributeProto>();
        if (cut) {
            attributes.add(integers("border", 1, 2, 0, 1));
            if (sized) {
                attributes.add(integers("scale", 2, 3));
            }
        } else {
            attributes.add(reals("bias", 0.5f, -1, 2));
            attributes.add(real("scale", sized ? 2 : 1));
        }
        new OneNode(7, symbolic)
                .input("x", random.floats(2, 3, 6, 5), 1)
                .check(CHECK, cut ? "Crop" : "ImageScaler", List.of("y"), attributes, 17);
    }

    @Property(tries = 20)
    void meanVariance(@ForAll boolean across, @ForAll boolean normalized, @ForAll boolean symbolic, @ForAll long seed) {
        var random = new RandomTensors(seed);
        new OneNode(8, symbolic)
                .input("x", random.floats(2, 3, 4, 5))
                .check(
                        CHECK,
                        "MeanVarianceNormalization",
                        List.of("y"),
                        List.of(
                                integer("across_channels", across ? 1 : 0),
                                integer("normalize_variance", normalized ? 1 : 0)),
                        17);
    }
}
