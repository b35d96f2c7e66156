package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import com.google.protobuf.ByteString;
import dev.skive.frontend.onnx.proto.AttributeProto;
import dev.skive.frontend.onnx.proto.AttributeProto.AttributeType;
import dev.skive.frontend.onnx.proto.GraphProto;
import dev.skive.frontend.onnx.proto.NodeProto;
import dev.skive.frontend.onnx.proto.SparseTensorProto;
import dev.skive.frontend.onnx.proto.TensorProto;
import dev.skive.frontend.onnx.proto.TypeProto;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.graph.Origin;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// The attributes of a node. Reading one marks it, so that those nobody understood can be refused.
public final class Attributes {
    private final Origin origin;
    private final ImmutableMap<String, AttributeProto> byName;
    private final Set<String> read = new HashSet<>();

    /// The attributes of a node.
    ///
    /// @throws SkiveException when a name occurs twice
    public Attributes(NodeProto node, Origin origin) {
        this.origin = origin;
        var attributes = new java.util.LinkedHashMap<String, AttributeProto>();
        for (AttributeProto attribute : node.getAttributeList()) {
            if (attributes.put(attribute.getName(), attribute) != null) {
                throw failure("attribute '" + attribute.getName() + "' is given twice");
            }
        }
        this.byName = ImmutableMap.copyOf(attributes);
    }

    private SkiveException failure(String problem) {
        return new SkiveException(ExitCode.INVALID_MODEL, origin, problem);
    }

    private <T> Optional<T> get(String name, AttributeType type, Function<AttributeProto, T> value) {
        read.add(name);
        AttributeProto attribute = byName.get(name);
        if (attribute == null) {
            return Optional.empty();
        }
        if (attribute.hasType() && attribute.getType() != type) {
            throw failure("attribute '%s' must be %s, found %s".formatted(name, type, attribute.getType()));
        }
        return Optional.of(value.apply(attribute));
    }

    /// True when the attribute is given.
    public boolean has(String name) {
        return byName.containsKey(name);
    }

    /// An integer, when given.
    public Optional<Long> integer(String name) {
        return get(name, AttributeType.INT, AttributeProto::getI);
    }

    /// An integer or its default.
    public long integer(String name, long absent) {
        return integer(name).orElse(absent);
    }

    /// An integer that means true or false.
    public boolean flag(String name, boolean absent) {
        return integer(name, absent ? 1 : 0) != 0;
    }

    /// A real number, when given.
    public Optional<Float> real(String name) {
        return get(name, AttributeType.FLOAT, AttributeProto::getF);
    }

    /// A real number or its default.
    public float real(String name, float absent) {
        return real(name).orElse(absent);
    }

    /// A text or its default.
    public String text(String name, String absent) {
        return get(name, AttributeType.STRING, AttributeProto::getS).map(ByteString::toStringUtf8).orElse(absent);
    }

    /// A list of integers, when given.
    public Optional<ImmutableList<Long>> integers(String name) {
        return get(name, AttributeType.INTS, attribute -> ImmutableList.copyOf(attribute.getIntsList()));
    }

    /// A list of real numbers, when given.
    public Optional<ImmutableList<Float>> reals(String name) {
        return get(name, AttributeType.FLOATS, attribute -> ImmutableList.copyOf(attribute.getFloatsList()));
    }

    /// A list of texts, when given.
    public Optional<ImmutableList<String>> texts(String name) {
        return get(
                name,
                AttributeType.STRINGS,
                attribute ->
                        attribute.getStringsList().stream()
                                .map(ByteString::toStringUtf8)
                                .collect(ImmutableList.toImmutableList()));
    }

    /// A tensor, when given.
    public Optional<TensorProto> tensor(String name) {
        return get(name, AttributeType.TENSOR, AttributeProto::getT);
    }

    /// A graph that must be given.
    ///
    /// @throws SkiveException when it is not
    public GraphProto graph(String name) {
        return get(name, AttributeType.GRAPH, AttributeProto::getG)
                .orElseThrow(() -> failure("attribute '" + name + "' is missing"));
    }

    /// A type that must be given.
    ///
    /// @throws SkiveException when it is not
    public TypeProto type(String name) {
        return get(name, AttributeType.TYPE_PROTO, AttributeProto::getTp)
                .orElseThrow(() -> failure("attribute '" + name + "' is missing"));
    }

    /// A sparse tensor, when given.
    public Optional<SparseTensorProto> sparseTensor(String name) {
        return get(name, AttributeType.SPARSE_TENSOR, AttributeProto::getSparseTensor);
    }

    /// Marks an attribute that does not matter for the result as understood.
    public void ignore(String name) {
        read.add(name);
    }

    /// Attributes that are given but were not read.
    public ImmutableSet<String> unread() {
        return Sets.difference(byName.keySet(), read).immutableCopy();
    }
}
