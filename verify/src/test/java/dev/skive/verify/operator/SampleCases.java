package dev.skive.verify.operator;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.skive.ir.type.ElementType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// All samples as test cases.
final class SampleCases {
    private static final OnnxOperator.Form CONTRIB = new OnnxOperator.Form(1, 1);

    private SampleCases() {}

    /// Every sample.
    static List<Sample> samples() {
        return Stream.of(
                        ElementwiseSamples.all(),
                        MovementSamples.all(),
                        ReductionSamples.all(),
                        ControlSamples.all(),
                        TextSamples.all(),
                        QuantizationSamples.all(),
                        SpatialSamples.all(),
                        ConvolutionSamples.all(),
                        ChoiceSamples.all())
                .flatMap(List::stream)
                .toList();
    }

    /// A case for each sample, form and element type that belong together.
    ///
    /// @param folder for files that are needed on the way
    /// @throws AssertionError naming all samples that are no valid models
    static ImmutableList<SampleCase> all(Path folder) {
        ImmutableMap<String, OnnxOperator> operators =
                OnnxOperator.all().stream()
                        .filter(operator -> operator.domain().equals("ai.onnx"))
                        .collect(ImmutableMap.toImmutableMap(OnnxOperator::name, operator -> operator));
        var cases = ImmutableList.<SampleCase>builder();
        var mistakes = new ArrayList<String>();
        Map<String, Integer> counts = new HashMap<>();
        for (Sample sample : samples()) {
            for (OnnxOperator.Form form : forms(sample, operators)) {
                for (ElementType type : sample.types()) {
                    String prefix = "%s/%d/%s".formatted(sample.operator(), form.since(), type);
                    String name = prefix + "_" + counts.merge(prefix, 1, Integer::sum);
                    try {
                        SampleCase.of(sample, form, type, name, folder).ifPresent(cases::add);
                    } catch (AssertionError e) {
                        mistakes.add(String.valueOf(e.getMessage()));
                    }
                }
            }
        }
        if (!mistakes.isEmpty()) {
            throw new AssertionError(mistakes.size() + " wrong samples:\n" + String.join("\n", mistakes));
        }
        return cases.build();
    }

    private static List<OnnxOperator.Form> forms(Sample sample, Map<String, OnnxOperator> operators) {
        if (!sample.domain().isEmpty()) {
            return List.of(CONTRIB);
        }
        return Optional.ofNullable(operators.get(sample.operator()))
                .orElseThrow(() -> new AssertionError("no operator " + sample.operator()))
                .forms()
                .stream()
                .filter(form -> sample.isFor(form.opset()))
                .toList();
    }
}
