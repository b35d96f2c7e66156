package dev.skive.frontend.onnx.export;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Longs;
import com.google.protobuf.ByteString;
import dev.skive.frontend.onnx.file.OnnxTypes;
import dev.skive.frontend.onnx.proto.AttributeProto;
import dev.skive.frontend.onnx.proto.AttributeProto.AttributeType;
import dev.skive.frontend.onnx.proto.GraphProto;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Node;
import dev.skive.ir.op.Body;
import dev.skive.ir.op.ConcatFromSequence;
import dev.skive.ir.op.Dynamic;
import dev.skive.ir.op.If;
import dev.skive.ir.op.KeyPlaces;
import dev.skive.ir.op.Loop;
import dev.skive.ir.op.NonZero;
import dev.skive.ir.op.OptionalGet;
import dev.skive.ir.op.OptionalHas;
import dev.skive.ir.op.OptionalOf;
import dev.skive.ir.op.PairProbabilities;
import dev.skive.ir.op.Reshaping;
import dev.skive.ir.op.Search;
import dev.skive.ir.op.SequenceAt;
import dev.skive.ir.op.SequenceConstruct;
import dev.skive.ir.op.SequenceErase;
import dev.skive.ir.op.SequenceInsert;
import dev.skive.ir.op.SequenceLength;
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
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.SequenceType;
import dev.skive.ir.type.TensorType;
import dev.skive.ir.type.Type;
import dev.skive.ir.type.UnrankedType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/// Operators whose course depends on data.
///
/// @param writer writes the node
/// @param nodes the graph under construction
/// @param graph writes graphs inside
record DynamicExport(NodeWriter writer, ModelNodes nodes, GraphExport graph) {
    /// The names of the results.
    ImmutableList<String> write(Node node, Dynamic op) {
        return switch (op) {
            case If branch ->
                    nodes.add(
                            "If",
                            List.of(writer.operand(0)),
                            node.types().size(),
                            List.of(graph("then_branch", branch.yes()), graph("else_branch", branch.no())));
            case Loop loop ->
                    nodes.add(
                            "Loop",
                            writer.operands().subList(0, 2 + loop.states()),
                            node.types().size(),
                            List.of(graph("body", loop.body())));
            case TextSplit(String delimiter, long most, String width) ->
                    nodes.add(
                            "StringSplit",
                            writer.operands(),
                            2,
                            List.of(
                                    OnnxAttributes.text("delimiter", delimiter),
                                    OnnxAttributes.integer("maxsplit", most)));
            case TextCodes codes -> throw notInOnnx(codes);
            case Search search -> SearchExport.write(search, writer);
            default -> ImmutableList.of(single(op));
        };
    }

    private String single(Dynamic op) {
        return switch (op) {
            case NonZero find -> simple("NonZero");
            case Reshaping reshaping -> ReshapingExport.write(reshaping, writer);
            case KeyPlaces places -> places(places);
            case PairProbabilities pairs -> throw notInOnnx(pairs);
            case SequenceConstruct(var type) when writer.operands().isEmpty() ->
                    writer.add("SequenceEmpty", List.of(), OnnxAttributes.integer("dtype", element(type)));
            case SequenceConstruct construct -> simple("SequenceConstruct");
            case SequenceAt at -> simple("SequenceAt");
            case SequenceInsert insert -> simple("SequenceInsert");
            case SequenceErase erase -> simple("SequenceErase");
            case SequenceLength length -> simple("SequenceLength");
            case ConcatFromSequence(long axis, boolean isNew, var type) ->
                    writer.add(
                            "ConcatFromSequence",
                            writer.operands(),
                            OnnxAttributes.integer("axis", axis),
                            OnnxAttributes.integer("new_axis", isNew ? 1 : 0));
            case SplitToSequence(int axis, boolean keepDims, var type) ->
                    writer.add(
                            "SplitToSequence",
                            writer.operands(),
                            OnnxAttributes.integer("axis", axis),
                            OnnxAttributes.integer("keepdims", keepDims ? 1 : 0));
            case OptionalGet get -> simple("OptionalGetElement");
            case OptionalHas has -> simple("OptionalHasElement");
            case OptionalOf optional -> optional(optional);
            case TextPick pick -> pick();
            case TextConcat concat -> simple("StringConcat");
            case TextMatch(String pattern) ->
                    writer.add("RegexFullMatch", writer.operands(), OnnxAttributes.text("pattern", pattern));
            case TextNormalize text -> normalize(text);
            case TextFromNumber text -> cast(ElementType.STRING);
            case TextToNumber(ElementType to) -> cast(to);
            case TextFrequencies frequencies -> frequencies(frequencies);
            case Search search -> throw new AssertionError(search);
            case TextSplit split -> throw new AssertionError(split);
            case TextCodes codes -> throw new AssertionError(codes);
            case If branch -> throw new AssertionError(branch);
            case Loop loop -> throw new AssertionError(loop);
        };
    }

    private static SkiveException notInOnnx(Dynamic op) {
        return new SkiveException(
                ExitCode.INVALID_MODEL, "'" + op.mnemonic() + "' has no form in ONNX, so the model cannot be exported");
    }

    /// A `LabelEncoder` from keys to their numbers.
    private String places(KeyPlaces places) {
        TensorData keys = writer.node().operand(1).constant().orElseThrow(() -> notInOnnx(places));
        long[] numbers = LongStream.range(0, keys.count()).toArray();
        return writer.add(
                "ai.onnx.ml.LabelEncoder",
                List.of(writer.operand(0)),
                OnnxAttributes.keys(keys),
                OnnxAttributes.integers("values_int64s", numbers),
                OnnxAttributes.integer("default_int64", keys.count()));
    }

    private String cast(ElementType to) {
        return writer.add("Cast", writer.operands(), OnnxAttributes.integer("to", OnnxTypes.number(to)));
    }

    /// All texts in a row, and the places in it.
    private String pick() {
        List<String> operands = writer.operands();
        List<String> texts =
                operands.subList(0, operands.size() - 1).stream().map(text -> writer.reshaped(text, -1)).toList();
        String pool =
                texts.size() == 1 ? texts.getFirst() : writer.add("Concat", texts, OnnxAttributes.integer("axis", 0));
        return writer.add("Gather", pool, operands.getLast());
    }

    private String normalize(TextNormalize text) {
        var attributes = new ArrayList<AttributeProto>();
        attributes.add(OnnxAttributes.text("case_change_action", text.change().name()));
        attributes.add(OnnxAttributes.integer("is_case_sensitive", text.isCaseSensitive() ? 1 : 0));
        attributes.add(OnnxAttributes.text("locale", text.locale()));
        if (!text.stopWords().isEmpty()) {
            attributes.add(
                    AttributeProto.newBuilder()
                            .setName("stopwords")
                            .setType(AttributeType.STRINGS)
                            .addAllStrings(text.stopWords().stream().map(ByteString::copyFromUtf8).toList())
                            .build());
        }
        return writer.add("StringNormalizer", writer.operands(), attributes.toArray(AttributeProto[]::new));
    }

    private String frequencies(TextFrequencies op) {
        int longest = op.grams().stream().mapToInt(List::size).max().orElse(1);
        var starts = new long[longest];
        var pool = new ArrayList<Long>();
        for (int length = 1; length <= longest; length++) {
            starts[length - 1] = pool.size();
            for (List<Long> gram : op.grams()) {
                if (gram.size() == length) {
                    pool.addAll(gram);
                }
            }
        }
        return writer.add(
                "TfIdfVectorizer",
                writer.operands(),
                OnnxAttributes.text("mode", op.mode().name()),
                OnnxAttributes.integer("min_gram_length", op.shortest()),
                OnnxAttributes.integer("max_gram_length", op.longest()),
                OnnxAttributes.integer("max_skip_count", op.mostSkips()),
                OnnxAttributes.integers("ngram_counts", starts),
                OnnxAttributes.integers("ngram_indexes", op.places().stream().mapToLong(Integer::longValue).toArray()),
                OnnxAttributes.integers("pool_int64s", Longs.toArray(pool)),
                AttributeProto.newBuilder()
                        .setName("weights")
                        .setType(AttributeType.FLOATS)
                        .addAllFloats(op.weights())
                        .build());
    }

    private String simple(String type) {
        return writer.add(type, writer.operands());
    }

    private String optional(OptionalOf optional) {
        return writer.operands().isEmpty()
                ? writer.add(
                        "Optional",
                        List.of(),
                        AttributeProto.newBuilder()
                                .setName("type")
                                .setType(AttributeType.TYPE_PROTO)
                                .setTp(OnnxValueTypes.proto(optional.type().element()))
                                .build())
                : simple("Optional");
    }

    private static long element(SequenceType type) {
        Type member = type.element();
        return switch (member) {
            case TensorType tensor -> OnnxTypes.number(tensor.element());
            case UnrankedType(var element) -> OnnxTypes.number(element);
            default -> throw new AssertionError("a sequence of " + member);
        };
    }

    private AttributeProto graph(String name, Body body) {
        List<String> all = writer.operands();
        GraphProto inner = graph.body(body.graph(), body.captures().stream().map(all::get).toList());
        return AttributeProto.newBuilder().setName(name).setType(AttributeType.GRAPH).setG(inner).build();
    }
}
