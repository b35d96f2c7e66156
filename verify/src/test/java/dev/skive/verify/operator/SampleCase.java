package dev.skive.verify.operator;

import com.google.common.collect.ImmutableMap;
import dev.skive.frontend.onnx.OnnxImporter;
import dev.skive.ir.SkiveException;
import dev.skive.ir.eval.Interpreter;
import dev.skive.ir.eval.Precision;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.ElementType;
import dev.skive.verify.conformance.CaseFolder;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// A sample as a test case: for one form of its operator and one element type.
///
/// @param operator its name, with the domain unless it is a standard one
/// @param form the form
/// @param type the element type
/// @param name of the case
/// @param model the model
/// @param expected its outputs by name; empty when ONNX Runtime has no kernel and the interpreter refuses the model
/// @param judge who says what is expected
record SampleCase(
        String operator,
        OnnxOperator.Form form,
        ElementType type,
        String name,
        SampleModel model,
        ImmutableMap<String, Tensor> expected,
        Judge judge) {
    /// Who says what is expected.
    enum Judge {
        /// ONNX Runtime.
        ORT("%s"),
        /// The interpreter, because ONNX Runtime has no kernel.
        INTERPRETER("(%s)"),
        /// The interpreter, because ONNX Runtime computes something else.
        DIFFERENCE("[%s]");

        private final String mark;

        Judge(String mark) {
            this.mark = mark;
        }

        /// A type as the table shows it.
        String marked(String type) {
            return mark.formatted(type);
        }
    }

    /// The standard opset of models with operators of ONNX Runtime.
    private static final int CONTRIB_OPSET = 17;

    /// What ONNX Runtime says when a form of an operator does not take a type: then there is no such case.
    private static final Pattern NO_SUCH_TYPE =
            Pattern.compile(
                    "Type '?(seq\\(|optional\\(|tensor\\()+\\w+\\)+'? of input parameter|has unsupported type|Invalid tensor data type");

    /// What it says when it has no kernel for a valid model, or does not know the opset yet.
    private static final Pattern NO_KERNEL =
            Pattern.compile(
                    "Could not find an implementation|NOT_IMPLEMENTED|only \\*guarantees\\*|is under development"
                            + "|preview\\.training:\\w+\\(-1\\) is not a registered|data type is not supported with|of Optype \\(\\w+\\) bound to different types|does not support double yet"
                            + "|layout_? == 0 was false|[Bb]atchwise recurrent operations");

    /// The case with what is expected of it; empty when the form of the operator does not take the type.
    ///
    /// @param folder for files that are needed on the way
    /// @throws AssertionError when the sample is no valid model
    static Optional<SampleCase> of(Sample sample, OnnxOperator.Form form, ElementType type, String name, Path folder) {
        var model = new SampleModel(sample, type, name.replaceAll("\\W", "_") + "_");
        String operator = sample.domain().isEmpty() ? sample.operator() : sample.domain() + "." + sample.operator();
        byte[] file = SampleModel.file(List.of(model), opset(operator, form));
        try {
            var expected = CaseFolder.expected(file, model.inputs());
            if (!sample.isUnlikeOrt(type)) {
                return Optional.of(new SampleCase(operator, form, type, name, model, expected, Judge.ORT));
            }
            var own = interpreted(file, model, folder.resolve("interpreted.onnx"));
            return Optional.of(new SampleCase(operator, form, type, name, model, own, Judge.DIFFERENCE));
        } catch (SkiveException failure) {
            String message = String.valueOf(failure.getMessage());
            if (NO_SUCH_TYPE.matcher(message).find()) {
                return Optional.empty();
            }
            if (!NO_KERNEL.matcher(message).find()) {
                throw new AssertionError("sample " + name + ": " + message, failure);
            }
            var expected = interpreted(file, model, folder.resolve("interpreted.onnx"));
            return Optional.of(new SampleCase(operator, form, type, name, model, expected, Judge.INTERPRETER));
        }
    }

    private static int opset(String operator, OnnxOperator.Form form) {
        return operator.contains(".") ? CONTRIB_OPSET : form.opset();
    }

    private static ImmutableMap<String, Tensor> interpreted(byte[] file, SampleModel model, Path path) {
        CaseFolder.write(path, file);
        try {
            return new Interpreter(Precision.DECLARED).run(new OnnxImporter().read(path), model.inputs());
        } catch (SkiveException e) {
            return ImmutableMap.of();
        }
    }

    /// What samples have in common that are of one form of an operator.
    String group() {
        return operator + "/" + form.since();
    }

    /// Writes one case for several samples of one group.
    static void write(Path root, String name, Collection<SampleCase> samples) {
        SampleCase first = samples.iterator().next();
        List<SampleModel> models = samples.stream().map(SampleCase::model).toList();
        Map<String, Tensor> expected = new HashMap<>();
        samples.forEach(sample -> expected.putAll(sample.expected));
        CaseFolder.create(root, name, SampleModel.file(models, opset(first.operator, first.form)))
                .dataSet(
                        0,
                        models.stream().flatMap(model -> model.inputs().values().stream()).toList(),
                        expected.isEmpty()
                                ? List.of()
                                : models.stream()
                                        .flatMap(model -> model.outputs().stream())
                                        .map(expected::get)
                                        .toList());
    }
}
