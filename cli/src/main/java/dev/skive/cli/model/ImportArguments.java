package dev.skive.cli.model;

import com.google.common.collect.ImmutableMap;
import dev.skive.cli.console.Console;
import dev.skive.frontend.onnx.ImportOptions;
import dev.skive.frontend.onnx.Limit;
import dev.skive.frontend.onnx.Limits;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.type.Shape;
import dev.skive.passes.PassContext;
import dev.skive.passes.PassEvents;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The options of verbs that read a model.
public final class ImportArguments {
    @Option(
            names = "--input-shapes",
            paramLabel = "NAME:SHAPE",
            converter = InputShape.Converter.class,
            description = "Shape of an input, x:[1,3,224,224] or x:1,3,224,224; may be given for several inputs.")
    private List<InputShape> inputShapes = new ArrayList<>();

    @Option(
            names = "--weights",
            paramLabel = "FILE",
            description =
                    "For a .skg file: the .safetensors, .npz or llama2.c .bin file to take in place of the one it names.")
    private @Nullable Path weights;

    @Mixin private LimitArguments limiting = new LimitArguments();

    /// What is refused.
    public Limits limits() {
        return limiting.limits();
    }

    /// What passes over the model are given.
    public PassContext context(Console console, PassEvents events) {
        return new PassContext(console.seed(), events).withFoldedBytes(limits().of(Limit.FOLDED_BYTES));
    }

    /// The graph of a model; what a user should know about it is printed as warnings.
    public Graph read(ModelSource source, Console console) {
        ImmutableMap<String, Shape> shapes =
                inputShapes.stream()
                        .collect(
                                ImmutableMap.toImmutableMap(
                                        InputShape::input, InputShape::shape, (first, last) -> last));
        ImportOptions options = ImportOptions.DEFAULT.withInputShapes(shapes).withLimits(limits());
        return weights == null ? source.read(options, console::warn) : source.read(options, weights);
    }
}
