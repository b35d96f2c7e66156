package dev.skive.verify;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.SkiveException;
import dev.skive.ir.eval.Tensor;
import dev.skive.verify.EquivalenceReport.Row;
import dev.skive.verify.input.InputGenerator;
import dev.skive.verify.metric.Comparer;
import dev.skive.verify.metric.Comparison;
import dev.skive.verify.metric.Tolerance;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Runs two engines on the same inputs, over sizes and masks, and compares their outputs.
///
/// @param reference who is believed
/// @param candidate who is checked
/// @param inputs makes the inputs
/// @param tolerance how close the outputs have to be
/// @param referee asked when the tolerance has an error ratio; it is slow
public record EquivalenceCheck(
        Engine reference, Engine candidate, InputGenerator inputs, Tolerance tolerance, Optional<Referee> referee) {
    /// Checks that there is a referee when one is needed.
    public EquivalenceCheck {
        if (tolerance.errorRatio().isPresent() && referee.isEmpty()) {
            throw new IllegalArgumentException("an error ratio needs a referee");
        }
    }

    /// A check without referee.
    public EquivalenceCheck(Engine reference, Engine candidate, InputGenerator inputs, Tolerance tolerance) {
        this(reference, candidate, inputs, tolerance, Optional.empty());
    }

    /// Runs every case. A case that cannot run is a failed row.
    public EquivalenceReport run(List<Case> cases) {
        return new EquivalenceReport(
                reference.name(),
                candidate.name(),
                tolerance,
                cases.stream().map(this::row).collect(ImmutableList.toImmutableList()));
    }

    private Row row(Case one) {
        try {
            Map<String, Tensor> given = inputs.generate(one.sizes(), one.masks(), one.seed());
            Map<String, Tensor> expected = reference.run(given);
            Map<String, Tensor> found = candidate.run(given);
            ImmutableList<Comparison> comparisons = Comparer.compare(expected, found);
            boolean comparable = comparisons.stream().noneMatch(Comparison.Incomparable.class::isInstance);
            ImmutableList<Judgement> judgements =
                    referee.filter(_ -> comparable)
                            .map(judge -> Referee.judge(judge.truth(given), expected, found))
                            .orElse(ImmutableList.of());
            return new Row(one, comparisons, judgements, Optional.empty());
        } catch (SkiveException failure) {
            String message = String.valueOf(failure.getMessage());
            return new Row(one, ImmutableList.of(), ImmutableList.of(), Optional.of(message));
        }
    }
}
