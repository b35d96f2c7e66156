package dev.skive.runtime;

import dev.skive.runtime.vector.VectorMath;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import jdk.incubator.vector.FloatVector;

/// All elementary functions with both their forms. As a program it compares the forms, in whatever vector width its JVM
/// was started with, prints that width, and fails when they differ.
public final class Functions {
    /// The functions by name.
    public static final List<Twins> ALL =
            List.of(
                    new Twins("exp", ScalarMath::exp, VectorMath::exp),
                    new Twins("exp2", ScalarMath::exp2, VectorMath::exp2),
                    new Twins("log", ScalarMath::log, VectorMath::log),
                    new Twins("tanh", ScalarMath::tanh, VectorMath::tanh),
                    new Twins("erf", ScalarMath::erf, VectorMath::erf),
                    new Twins("sigmoid", ScalarMath::sigmoid, VectorMath::sigmoid),
                    new Twins("gelu", ScalarMath::gelu, VectorMath::gelu),
                    new Twins("geluTanh", ScalarMath::geluTanh, VectorMath::geluTanh));

    private static final int MOST_REPORTED = 5;

    private Functions() {}

    /// The scalar and the vector form of a function.
    public record Twins(String name, Accuracy.FloatFunction scalar, UnaryOperator<FloatVector> vector) {
        /// Arguments, spread over all bit patterns, for which the twins differ; NaNs count as one value.
        public List<String> differences(int stride) {
            var differences = new ArrayList<String>();
            float[] x = new float[VectorMath.SPECIES.length()];
            float[] found = new float[x.length];
            long bits = Integer.MIN_VALUE;
            while (bits + (long) x.length * stride <= Integer.MAX_VALUE && differences.size() < MOST_REPORTED) {
                for (int i = 0; i < x.length; i++, bits += stride) {
                    x[i] = Float.intBitsToFloat((int) bits);
                }
                vector.apply(FloatVector.fromArray(VectorMath.SPECIES, x, 0)).intoArray(found, 0);
                compare(x, found, differences);
            }
            return differences;
        }

        private void compare(float[] x, float[] found, List<String> differences) {
            for (int i = 0; i < x.length; i++) {
                float expected = scalar.at(x[i]);
                if (Float.floatToIntBits(expected) != Float.floatToIntBits(found[i])) {
                    differences.add("%s(%s): scalar %s, vector %s".formatted(name, x[i], expected, found[i]));
                }
            }
        }
    }

    static void main(String[] arguments) {
        int stride = Integer.parseInt(arguments[0]);
        List<String> differences = ALL.stream().flatMap(twins -> twins.differences(stride).stream()).toList();
        differences.forEach(System.out::println);
        System.out.println("lanes " + VectorMath.SPECIES.length());
        if (!differences.isEmpty()) {
            System.exit(1);
        }
    }
}
