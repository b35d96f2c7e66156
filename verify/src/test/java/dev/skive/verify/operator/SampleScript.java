package dev.skive.verify.operator;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.protobuf.ByteString;
import dev.skive.frontend.onnx.file.OnnxTypes;
import dev.skive.frontend.onnx.proto.AttributeProto;
import dev.skive.frontend.onnx.proto.AttributeProto.AttributeType;
import dev.skive.frontend.onnx.proto.GraphProto;
import dev.skive.frontend.onnx.proto.NodeProto;
import dev.skive.frontend.onnx.proto.TensorShapeProto;
import dev.skive.frontend.onnx.proto.TypeProto;
import dev.skive.frontend.onnx.proto.ValueInfoProto;
import dev.skive.ir.type.ElementType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Nodes written as a short text: `a, b = Split(x0){axis=1, mode='sum'}; y0 = Add(a, b)`. The number of the sample's
/// element type is `$type`. A subgraph is an attribute `body=(i:i64, c:bool, a) -> (c:bool, a){ ... }`; values with a
/// type are scalars, others have that of the sample. The operands of the sample are `x0`, `x1` and so on, its results `y0` and so on.
final class SampleScript {
    private static final Pattern TOKEN =
            Pattern.compile("'[^']*'|->|-?\\d+(?:\\.\\d+)?|[A-Za-z_$][\\w.]*(?::[A-Za-z]\\w*)?|[=(){}\\[\\],;]");

    private final ImmutableList<String> tokens;
    private final ElementType type;
    private final String prefix;
    private final ImmutableMap<String, String> names;
    private int position;
    private int nodes;

    /// A script.
    ///
    /// @param prefix of all names
    /// @param names of values that are called otherwise outside
    SampleScript(String text, ElementType type, String prefix, Map<String, String> names) {
        this.tokens =
                TOKEN.matcher(text).results().map(found -> found.group()).collect(ImmutableList.toImmutableList());
        this.type = type;
        this.prefix = prefix;
        this.names = ImmutableMap.copyOf(names);
    }

    /// The nodes in order.
    List<NodeProto> nodes() {
        var all = new ArrayList<NodeProto>();
        while (position < tokens.size() && !isNext("}")) {
            all.add(node());
            skip(";");
        }
        return all;
    }

    private NodeProto node() {
        var node = NodeProto.newBuilder().setName(prefix + "n" + nodes++);
        do {
            node.addOutput(name(next()));
        } while (skip(","));
        expect("=");
        String operator = next();
        int colon = operator.indexOf(':');
        node.setDomain(operator.substring(0, Math.max(0, colon))).setOpType(operator.substring(colon + 1));
        expect("(");
        while (!skip(")")) {
            node.addInput(isNext(",") ? "" : name(next()));
            skip(",");
        }
        if (skip("{")) {
            while (!skip("}")) {
                node.addAttribute(attribute());
                skip(",");
            }
        }
        return node.build();
    }

    private AttributeProto attribute() {
        var attribute = AttributeProto.newBuilder().setName(next());
        expect("=");
        if (isNext("(")) {
            return attribute.setType(AttributeType.GRAPH).setG(body(attribute.getName())).build();
        }
        if (!skip("[")) {
            return value(attribute, next()).build();
        }
        var values = new ArrayList<String>();
        while (!skip("]")) {
            values.add(next());
            skip(",");
        }
        return list(attribute, values).build();
    }

    private AttributeProto.Builder value(AttributeProto.Builder attribute, String token) {
        if (token.startsWith("'")) {
            return attribute.setType(AttributeType.STRING).setS(text(token));
        }
        if (token.startsWith("$")) {
            return attribute.setType(AttributeType.INT).setI(OnnxTypes.number(type));
        }
        return token.contains(".")
                ? attribute.setType(AttributeType.FLOAT).setF(Float.parseFloat(token))
                : attribute.setType(AttributeType.INT).setI(Long.parseLong(token));
    }

    private static AttributeProto.Builder list(AttributeProto.Builder attribute, List<String> values) {
        if (values.getFirst().startsWith("'")) {
            return attribute
                    .setType(AttributeType.STRINGS)
                    .addAllStrings(values.stream().map(SampleScript::text).toList());
        }
        return values.stream().anyMatch(value -> value.contains("."))
                ? attribute.setType(AttributeType.FLOATS).addAllFloats(values.stream().map(Float::valueOf).toList())
                : attribute.setType(AttributeType.INTS).addAllInts(values.stream().map(Long::valueOf).toList());
    }

    private static ByteString text(String token) {
        return ByteString.copyFromUtf8(token.substring(1, token.length() - 1));
    }

    private GraphProto body(String name) {
        var body = GraphProto.newBuilder().setName(prefix + name).addAllInput(declarations());
        expect("->");
        body.addAllOutput(declarations());
        expect("{");
        body.addAllNode(nodes());
        expect("}");
        return body.build();
    }

    private List<ValueInfoProto> declarations() {
        var all = new ArrayList<ValueInfoProto>();
        expect("(");
        while (!skip(")")) {
            String token = next();
            int colon = token.indexOf(':');
            String local = colon < 0 ? token : token.substring(0, colon);
            ElementType element = colon < 0 ? type : ElementType.parse(token.substring(colon + 1)).orElseThrow();
            var tensor = TypeProto.Tensor.newBuilder().setElemType(OnnxTypes.number(element));
            if (colon >= 0) {
                tensor.setShape(TensorShapeProto.getDefaultInstance());
            }
            all.add(
                    ValueInfoProto.newBuilder()
                            .setName(name(local))
                            .setType(TypeProto.newBuilder().setTensorType(tensor))
                            .build());
            skip(",");
        }
        return all;
    }

    private String name(String local) {
        return names.getOrDefault(local, prefix + local);
    }

    private boolean isNext(String token) {
        return position < tokens.size() && tokens.get(position).equals(token);
    }

    private boolean skip(String token) {
        boolean found = isNext(token);
        position += found ? 1 : 0;
        return found;
    }

    private void expect(String token) {
        if (!skip(token)) {
            throw new AssertionError("'%s' expected at %s".formatted(token, tokens.subList(position, tokens.size())));
        }
    }

    private String next() {
        return tokens.get(position++);
    }
}
