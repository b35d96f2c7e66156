package dev.skive.codegen.emit;

import static java.util.stream.Collectors.joining;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.AroundAxis;
import dev.skive.ir.op.CollapseAxes;
import dev.skive.ir.op.ConcatFromSequence;
import dev.skive.ir.op.DynamicExpand;
import dev.skive.ir.op.DynamicReshape;
import dev.skive.ir.op.DynamicResize;
import dev.skive.ir.op.DynamicSlice;
import dev.skive.ir.op.DynamicSqueeze;
import dev.skive.ir.op.DynamicUnsqueeze;
import dev.skive.ir.op.Extents;
import dev.skive.ir.op.KeyPlaces;
import dev.skive.ir.op.NonMaxSuppression;
import dev.skive.ir.op.NonZero;
import dev.skive.ir.op.OptionalGet;
import dev.skive.ir.op.OptionalHas;
import dev.skive.ir.op.OptionalOf;
import dev.skive.ir.op.PairProbabilities;
import dev.skive.ir.op.Reshaping;
import dev.skive.ir.op.ResizeFilter;
import dev.skive.ir.op.Search;
import dev.skive.ir.op.SequenceAt;
import dev.skive.ir.op.SequenceConstruct;
import dev.skive.ir.op.SequenceErase;
import dev.skive.ir.op.SequenceInsert;
import dev.skive.ir.op.SequenceLength;
import dev.skive.ir.op.ShapeOf;
import dev.skive.ir.op.SplitToSequence;
import dev.skive.ir.op.TextCodes;
import dev.skive.ir.op.TextConcat;
import dev.skive.ir.op.TextFrequencies;
import dev.skive.ir.op.TextFromNumber;
import dev.skive.ir.op.TextMatch;
import dev.skive.ir.op.TextNormalize;
import dev.skive.ir.op.TextPick;
import dev.skive.ir.op.TextSplit;
import dev.skive.ir.op.TextToNumber;
import dev.skive.ir.op.TopK;
import dev.skive.ir.op.Unique;
import dev.skive.ir.type.ElementType;
import java.util.ArrayList;
import java.util.function.Function;

/// The call of the runtime that evaluates a node: an expression that gives its result, or an array of its results.
///
/// @param node the node
/// @param place the expression of an operand
record RuntimeCall(Node node, Function<Value, CodeBlock> place) {
    /// The expression.
    CodeBlock code() {
        return switch (node.op()) {
            case NonZero find -> call("Searching", "nonZero");
            case Reshaping reshaping -> reshaping(reshaping);
            case Search search -> search(search);
            case KeyPlaces places -> call("Keys", "places");
            case PairProbabilities(int classes) -> call("Pairs", "probabilities", 1, classes);
            case SequenceConstruct sequence -> call("Sequences", "construct");
            case SequenceAt member -> call("Sequences", "at");
            case SequenceInsert insert -> call("Sequences", "insert", 3);
            case SequenceErase erase -> call("Sequences", "erase", 2);
            case SequenceLength length -> call("Sequences", "length");
            case ConcatFromSequence(long axis, boolean isNew, var type) ->
                    call("Sequences", "concat", 1, axis + "L", isNew);
            case SplitToSequence(int axis, boolean keepDims, var type) -> call("Sequences", "split", 2, axis, keepDims);
            case ShapeOf(int start, int end) -> call("Control", "shape", 1, start, end);
            case TextPick pick -> call("Texts", "pick");
            case TextCodes codes when node.types().size() == 1 -> CodeBlock.of("$L[0]", call("Texts", "codes"));
            case TextCodes codes -> call("Texts", "codes");
            case TextConcat concat -> call("Texts", "concat");
            case TextSplit(String delimiter, long most, String width) ->
                    call("Texts", "split", 1, Identifiers.literal(delimiter), most);
            case TextMatch(String pattern) -> call("Texts", "match", 1, Identifiers.literal(pattern));
            case TextNormalize text -> normalize(text);
            case TextFromNumber text -> call("Texts", "fromNumber");
            case TextToNumber(ElementType to) -> call("Texts", "toNumber", 1, RuntimeTypes.kind(to));
            case TextFrequencies frequencies -> frequencies(frequencies);
            case OptionalGet get -> call("Sequences", "get");
            case OptionalHas has -> call("Sequences", "has");
            case OptionalOf optional when node.operands().isEmpty() ->
                    CodeBlock.of("new $T()", RuntimeTypes.of("Missing"));
            case OptionalOf optional -> place.apply(node.operand(0));
            default ->
                    throw new SkiveException(
                            ExitCode.INVALID_MODEL,
                            "generated code cannot compute '%s' on %s yet"
                                    .formatted(
                                            node.op().mnemonic(), node.operands().stream().map(Value::type).toList()));
        };
    }

    private CodeBlock reshaping(Reshaping op) {
        return switch (op) {
            case AroundAxis apart -> call("Reshaping", "aroundAxis");
            case CollapseAxes collapse ->
                    call("Reshaping", "collapseAxes", 2, collapse.rank(), collapse.noAxesMeanNone());
            case DynamicExpand expand -> call("Reshaping", "expand");
            case DynamicReshape reshape -> call("Reshaping", "reshape", 2, reshape.zeroIsSize());
            case DynamicResize resize -> resize(resize);
            case DynamicSlice slice -> call("Reshaping", "slice", 5);
            case DynamicSqueeze squeeze -> call("Reshaping", "squeeze");
            case DynamicUnsqueeze unsqueeze -> call("Reshaping", "unsqueeze");
            case Extents extents -> call("Reshaping", "extents");
        };
    }

    private CodeBlock resize(DynamicResize op) {
        ClassName resizing = RuntimeTypes.dynamic("Resizing");
        ClassName places = RuntimeTypes.of("ResizePlaces");
        CodeBlock kernel =
                switch (op.filter()) {
                    case ResizeFilter.Nearest(var rounding) ->
                            CodeBlock.of("$T.Rounding.$L, false, 0, false, false", places, rounding);
                    case ResizeFilter.Linear(boolean without, boolean spread) ->
                            CodeBlock.of("null, false, 0, $L, $L", without, spread);
                    case ResizeFilter.Cubic(double slope, boolean without, boolean spread) ->
                            CodeBlock.of("null, true, $L, $L, $L", slope, without, spread);
                };
        return CodeBlock.of(
                "new $T($T.Rule.$L, new $T.Kernel($L), $L, $S$L).of($L, $L, $L, $L)",
                resizing,
                places,
                op.coordinates(),
                resizing,
                kernel,
                op.outside(),
                op.proportions().name(),
                op.axes().stream().map(axis -> ", " + axis).collect(joining()),
                operand(0),
                operand(1),
                operand(2),
                operand(3));
    }

    private CodeBlock search(Search op) {
        return switch (op) {
            case NonMaxSuppression boxes -> suppression(boxes);
            case TopK best -> call("Ranking", "topK", 2, best.axis(), best.largest());
            case Unique unique -> call("Ranking", "unique", 1, unique.sorted(), unique.axis().orElse(-1));
        };
    }

    private CodeBlock normalize(TextNormalize text) {
        var attributes = new ArrayList<Object>();
        attributes.add(Identifiers.literal(text.change().name()));
        attributes.add(text.isCaseSensitive());
        attributes.add(Identifiers.literal(text.locale()));
        text.stopWords().forEach(word -> attributes.add(Identifiers.literal(word)));
        return call("Texts", "normalize", 1, attributes.toArray());
    }

    private CodeBlock frequencies(TextFrequencies op) {
        String grams =
                op.grams().stream()
                        .map(gram -> gram.stream().map(element -> element + "L").collect(joining(", ", "{", "}")))
                        .collect(joining(", "));
        String places = op.places().stream().map(String::valueOf).collect(joining(", "));
        String weights = op.weights().stream().map(weight -> weight + "f").collect(joining(", "));
        return CodeBlock.of(
                "new $T($S, $L, $L, $L, $L).of($L, new long[][] {$L}, new int[] {$L}, new float[] {$L})",
                RuntimeTypes.dynamic("Frequencies"),
                op.mode().name(),
                op.shortest(),
                op.longest(),
                op.mostSkips(),
                op.outputs(),
                place.apply(node.operand(0)),
                grams,
                places,
                weights);
    }

    /// A static method of the runtime applied to all operands.
    private CodeBlock call(String type, String method) {
        return call(type, method, node.operands().size());
    }

    private CodeBlock suppression(NonMaxSuppression op) {
        return CodeBlock.of(
                "new $T($L, $L, $L).best($L, $L, $L)",
                RuntimeTypes.dynamic("Boxes"),
                operand(0),
                operand(1),
                op.centered(),
                operand(2),
                operand(3),
                operand(4));
    }

    private CodeBlock operand(int index) {
        boolean given = index < node.operands().size() && !node.operand(index).isAbsent();
        return given ? place.apply(node.operand(index)) : CodeBlock.of("null");
    }

    /// A static method of the runtime applied to operands, `null` for those left out, and attributes.
    private CodeBlock call(String type, String method, int operands, Object... attributes) {
        var arguments = new ArrayList<CodeBlock>();
        for (int i = 0; i < operands; i++) {
            arguments.add(operand(i));
        }
        for (Object attribute : attributes) {
            arguments.add(CodeBlock.of("$L", attribute));
        }
        return CodeBlock.of("$T.$L($L)", RuntimeTypes.dynamic(type), method, CodeBlock.join(arguments, ", "));
    }
}
