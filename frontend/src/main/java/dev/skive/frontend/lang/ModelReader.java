package dev.skive.frontend.lang;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.skive.frontend.onnx.ImportOptions;
import dev.skive.frontend.onnx.Limit;
import dev.skive.frontend.weights.ModelFolder;
import dev.skive.grammar.ModelText;
import dev.skive.grammar.SourceText;
import dev.skive.grammar.TextError;
import dev.skive.grammar.tree.Expression;
import dev.skive.grammar.tree.ModelTree;
import dev.skive.grammar.tree.Parameter;
import dev.skive.grammar.tree.ParameterType;
import dev.skive.grammar.tree.Position;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.GraphBuilder;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.Type;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes graphs of models in the model language, those that people write and printed graphs. The text is untrusted: files of
/// weights lie in its folder, and what it can make of little text is limited.
///
/// @param options limits, and shapes of inputs that take the place of the declared ones
/// @param weights a file anywhere that takes the place of the one the text names
public record ModelReader(ImportOptions options, Optional<Path> weights) {
    /// Names of functions that are there without being defined.
    private static final ImmutableList<String> TAKEN =
            ImmutableList.<String>builder().addAll(Numbers.FUNCTIONS).add(TensorReader.WEIGHT, "rank", "size").build();

    /// A reader with safe limits.
    public ModelReader() {
        this(ImportOptions.DEFAULT);
    }

    /// A reader that takes weights from where the text says.
    public ModelReader(ImportOptions options) {
        this(options, Optional.empty());
    }

    /// The same reader with another file of weights.
    public ModelReader withWeights(Path file) {
        return new ModelReader(options, Optional.of(file));
    }

    /// The graph of a file.
    ///
    /// @throws SkiveException when the file or one of its weights is missing, or the text is no model
    public Graph read(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        Path folder = Optional.ofNullable(absolute.getParent()).orElse(absolute);
        return read(new SourceText(String.valueOf(file), text(file)), new ModelFolder(folder, options.allowLinks()));
    }

    private String text(Path file) {
        try {
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                throw new SkiveException(ExitCode.IO, "'%s' is not a plain file".formatted(file));
            }
            options.limits().require(Limit.TEXT_MODEL_BYTES, Files.size(file), "'%s'".formatted(file));
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new SkiveException(ExitCode.IO, "no such file: '%s'".formatted(file), e);
        } catch (MalformedInputException e) {
            throw new SkiveException(ExitCode.INVALID_MODEL, "'%s' is not UTF-8 text".formatted(file), e);
        } catch (IOException e) {
            throw new SkiveException(ExitCode.IO, "cannot read '%s': %s".formatted(file, e.getMessage()), e);
        }
    }

    /// The graph of a text.
    ///
    /// @param folder where its files of weights lie
    /// @throws SkiveException when a file of weights is missing, or the text is no model
    public Graph read(SourceText source, ModelFolder folder) {
        try {
            return graph(source, ModelText.parse(source), folder);
        } catch (TextError error) {
            throw new SkiveException(ExitCode.INVALID_MODEL, error.getMessage(), error);
        }
    }

    /// The graph of a closure that takes nothing from outside, an example of a rule.
    ///
    /// @param source the text it stands in
    /// @throws TextError when it is no graph
    public Graph read(SourceText source, Expression.Closure closure) {
        var reading = new Reading(source, ImmutableMap.of(), new WeightNames(ImmutableList.of()), options.limits());
        return graph(reading, new Definition("example", closure.position(), closure.parameters(), closure.body()));
    }

    /// A graph as it is written.
    private record Definition(
            String name,
            Position position,
            ImmutableList<Parameter> inputs,
            ImmutableList<dev.skive.grammar.tree.Statement> body) {}

    private Graph graph(SourceText source, ModelTree tree, ModelFolder folder) {
        var files = new WeightFiles(source, folder, options.limits());
        var reading = new Reading(source, functions(source, tree), files.of(tree, weights), options.limits());
        Frame file = Frame.of(new GraphBuilder(source.name()), reading.file());
        var expressions = new Expressions(reading);
        for (ModelTree.Item item : tree.items()) {
            if (item instanceof ModelTree.Setting(Position at, String name, Expression value)) {
                reading.file().define(name, new Meaning.Known(expressions.attribute(file, value, Unknown.IS_ERROR)));
            }
        }
        List<ModelTree.GraphTree> graphs =
                tree.items().stream()
                        .filter(ModelTree.GraphTree.class::isInstance)
                        .map(ModelTree.GraphTree.class::cast)
                        .toList();
        if (graphs.size() != 1) {
            Position at = graphs.isEmpty() ? Position.START : graphs.get(1).position();
            throw source.error(
                    at, "a model is one graph, found %d: graph name(x: f32[n]) { return x }".formatted(graphs.size()));
        }
        ModelTree.GraphTree graph = graphs.getFirst();
        return graph(reading, new Definition(graph.name(), graph.position(), graph.inputs(), graph.body()));
    }

    private static ImmutableMap<String, ModelTree.Function> functions(SourceText source, ModelTree tree) {
        Map<String, ModelTree.Function> functions = new LinkedHashMap<>();
        for (ModelTree.Item item : tree.items()) {
            if (item instanceof ModelTree.Function function) {
                String name = function.name();
                if (Operators.contains(name) || TAKEN.contains(name)) {
                    throw source.error(
                            function.position(),
                            "'%s' exists already; a function needs a name of its own".formatted(name));
                }
                if (functions.put(name, function) != null) {
                    throw source.error(function.position(), "there are two functions '%s'".formatted(name));
                }
            }
        }
        return ImmutableMap.copyOf(functions);
    }

    private Graph graph(Reading reading, Definition graph) {
        var builder = new GraphBuilder(graph.name());
        Frame frame = Frame.of(builder, reading.file().inside());
        var expressions = new Expressions(reading);
        for (Parameter input : graph.inputs()) {
            String name = input.label().orElse(input.name());
            Type type = expressions.types().type(frame, declared(reading, frame, input, name));
            frame.scope().define(input.name(), Meaning.of(reading.input(frame, input, name, type)));
        }
        try {
            new Statements(reading, expressions)
                    .outputs(frame, graph.body(), graph.position())
                    .forEach(builder::output);
        } catch (ReportedError reported) {
            reading.throwIfAny();
        } catch (TextError error) {
            reading.report(error);
        }
        reading.throwIfAny();
        return builder.build();
    }

    /// The declared type of an input; sizes that the options give take the place of symbols.
    private ParameterType declared(Reading reading, Frame frame, Parameter input, String name) {
        ParameterType type =
                input.type()
                        .orElseThrow(() ->
                                reading.error(
                                        frame,
                                        input.position(),
                                        "input '%s' needs a type: %s: f32[n, 4]".formatted(name, input.name())));
        Shape wanted = options.inputShapes().get(name);
        if (wanted != null && type instanceof ParameterType.Tensor(Position at, String element, var sizes)) {
            for (int axis = 0; axis < Math.min(sizes.size(), wanted.rank()); axis++) {
                if (sizes.get(axis) instanceof Expression.Name(Position place, String symbol)
                        && frame.scope().size(symbol).isEmpty()
                        && frame.scope().meaning(symbol).isEmpty()) {
                    frame.scope().defineSize(symbol, wanted.dim(axis));
                }
            }
            checkShape(reading, frame, input, type, wanted);
        }
        return type;
    }

    private static void checkShape(Reading reading, Frame frame, Parameter input, ParameterType type, Shape wanted) {
        Type declared = new Expressions(reading).types().type(frame, type);
        boolean fits =
                declared instanceof dev.skive.ir.type.TensorType tensor
                        && tensor.shape().rank() == wanted.rank()
                        && fits(tensor.shape().dims(), wanted.dims());
        if (!fits) {
            throw reading.error(
                    frame,
                    input.position(),
                    "input '%s' is %s, which cannot be %s"
                            .formatted(input.name(), TypeText.print(declared), SizeText.print(wanted)));
        }
    }

    private static boolean fits(List<Dim> declared, List<Dim> wanted) {
        return java.util.stream.IntStream.range(0, declared.size())
                .noneMatch(axis -> declared.get(axis).differsFrom(wanted.get(axis)));
    }
}
