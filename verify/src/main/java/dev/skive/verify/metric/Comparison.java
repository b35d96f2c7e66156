package dev.skive.verify.metric;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Longs;
import dev.skive.ir.eval.Tensor;
import java.util.Locale;
import java.util.Optional;

/// One output of two engines side by side.
public sealed interface Comparison {
    /// The name of the output.
    String output();

    /// True when the outputs are as close as `tolerance` asks.
    boolean isWithin(Tolerance tolerance);

    /// Outputs that cannot be compared element by element: one is missing, or type or sizes differ.
    ///
    /// @param output the name of the output
    /// @param reason what differs
    record Incomparable(String output, String reason) implements Comparison {
        @Override
        public boolean isWithin(Tolerance tolerance) {
            return false;
        }

        @Override
        public String toString() {
            return output + ": " + reason;
        }
    }

    /// Real outputs of one type and shape.
    ///
    /// @param output the name of the output
    /// @param distance how far the finite elements are apart
    /// @param nonFiniteMismatches elements that are infinite or NaN in one output and something else in the other
    /// @param worst the element with the largest absolute difference or the first mismatch, if the outputs differ at all
    record Real(String output, Distance distance, long nonFiniteMismatches, Optional<Element> worst)
            implements Comparison {
        @Override
        public boolean isWithin(Tolerance tolerance) {
            return nonFiniteMismatches == 0 && distance.relativeL2() <= tolerance.relativeL2();
        }

        @Override
        public String toString() {
            String mismatches = nonFiniteMismatches == 0 ? "" : ", %d NaN or Inf differ".formatted(nonFiniteMismatches);
            return output + ": " + distance + mismatches + worst.map(element -> ", worst " + element).orElse("");
        }
    }

    /// Integer, boolean or text outputs of one type and shape: they are equal or not.
    ///
    /// @param output the name of the output
    /// @param unequal number of elements that differ
    /// @param worst the first of them
    record Exact(String output, long unequal, Optional<Element> worst) implements Comparison {
        @Override
        public boolean isWithin(Tolerance tolerance) {
            return unequal == 0;
        }

        @Override
        public String toString() {
            return "%s: %d elements differ%s"
                    .formatted(output, unequal, worst.map(element -> ", first " + element).orElse(""));
        }
    }

    /// One element of both outputs.
    ///
    /// @param index its position along each axis
    /// @param reference its value in the reference, as text
    /// @param found its value in the candidate, as text
    record Element(ImmutableList<Long> index, String reference, String found) {
        static Element at(Tensor tensor, int offset, Object reference, Object found) {
            var index = new long[tensor.rank()];
            int rest = offset;
            for (int axis = index.length - 1; axis >= 0; axis--) {
                index[axis] = rest % tensor.size(axis);
                rest /= tensor.size(axis);
            }
            return new Element(ImmutableList.copyOf(Longs.asList(index)), reference.toString(), found.toString());
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%s: %s, reference %s", index, found, reference);
        }
    }
}
