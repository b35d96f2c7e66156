package dev.skive.verify.operator;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.skive.frontend.onnx.operator.Operators;
import dev.skive.ir.type.ElementType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// All samples as test cases.
final class SampleCases {
    private SampleCases() {}

    /// The samples of operators with a name like this.
    static List<Sample> samples(Pattern operators) {
        return Stream.of(
                        ElementwiseSamples.all(),
                        MovementSamples.all(),
                        ReductionSamples.all(),
                        ControlSamples.all(),
                        TextSamples.all(),
                        QuantizationSamples.all(),
                        SpatialSamples.all(),
                        ConvolutionSamples.all(),
                        ChoiceSamples.all(),
                        RuntimeSamples.all(),
                        RuntimeQuantizedSamples.all(),
                        LearningSamples.all())
                .flatMap(List::stream)
                .filter(sample -> operators.matcher(sample.operator()).matches())
                .toList();
    }

    /// A case for each sample, form and element type that belong together.
    ///
    /// @param operators the names of the operators
    /// @param isFull whether all element types are tried, instead of a few for each sample and form
    /// @param folder for files that are needed on the way
    /// @throws AssertionError naming all samples that are no valid models
    static ImmutableList<SampleCase> all(Pattern operators, boolean isFull, Path folder) {
        ImmutableMap<String, OnnxOperator> known =
                OnnxOperator.all().stream()
                        .filter(operator -> operator.domain().equals("ai.onnx"))
                        .collect(ImmutableMap.toImmutableMap(OnnxOperator::name, operator -> operator));
        var cases = ImmutableList.<SampleCase>builder();
        var mistakes = new ArrayList<String>();
        Map<String, Integer> counts = new HashMap<>();
        for (Sample sample : samples(operators)) {
            for (OnnxOperator.Form form : forms(sample, known)) {
                for (ElementType type : isFull ? sample.types() : few(sample, form)) {
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

    /// The first type, which is float32 for most, and another one, not the same for all forms.
    private static Set<ElementType> few(Sample sample, OnnxOperator.Form form) {
        List<ElementType> types = sample.types().asList();
        int other = Math.floorMod(sample.operator().hashCode() + sample.operands().size() + form.since(), types.size());
        return ImmutableSet.of(types.getFirst(), types.get(other));
    }

    private static List<OnnxOperator.Form> forms(Sample sample, Map<String, OnnxOperator> operators) {
        boolean isOrts = Operators.names().contains(sample.operator()) && !operators.containsKey(sample.operator());
        if (!sample.domain().isEmpty() || isOrts) {
            return List.of(new OnnxOperator.Form(sample.version(), sample.version()));
        }
        return Optional.ofNullable(operators.get(sample.operator()))
                .orElseThrow(() -> new AssertionError("no operator " + sample.operator()))
                .forms()
                .stream()
                .filter(form -> sample.isFor(form.opset()))
                .toList();
    }
}
