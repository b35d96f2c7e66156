package dev.skive.verify.operator;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.primitives.Floats;
import com.google.common.primitives.Longs;
import com.google.protobuf.ByteString;
import dev.skive.frontend.onnx.proto.AttributeProto;
import dev.skive.frontend.onnx.proto.AttributeProto.AttributeType;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.ElementType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// One application of an operator, for all its forms and several element types. Operands without a type have the one
/// the sample is made for.
///
/// Methods add operands in order, and attributes.
public final class Sample {
    /// An operand.
    ///
    /// @param type its element type; empty for the one the sample is made for
    /// @param sizes its sizes
    /// @param low least random value
    /// @param high greatest random value
    /// @param values its values instead of random ones
    /// @param isConstant whether it is an initializer
    /// @param isAbsent whether it is left out
    @SuppressWarnings("ArrayRecordComponent")
    record Operand(
            Optional<ElementType> type,
            long[] sizes,
            double low,
            double high,
            Optional<Tensor> values,
            boolean isConstant,
            boolean isAbsent) {}

    private static final double USUAL = 3;

    private final String domain;
    private final String operator;
    private final ImmutableSet<ElementType> types;
    private final List<Operand> operands = new ArrayList<>();
    private final List<AttributeProto> attributes = new ArrayList<>();
    private final List<Optional<ElementType>> results = new ArrayList<>();
    private Optional<String> script = Optional.empty();
    private ImmutableSet<ElementType> different = ImmutableSet.of();
    private final Map<String, double[]> own = new LinkedHashMap<>();
    private int version = 1;
    private int from;
    private int until = Integer.MAX_VALUE;
    private double low = -USUAL;
    private double high = USUAL;

    private Sample(String name, Set<ElementType> types) {
        int colon = name.indexOf(':');
        this.domain = colon < 0 ? "" : name.substring(0, colon);
        this.operator = name.substring(colon + 1);
        this.types = ImmutableSet.copyOf(types);
    }

    /// A sample of an operator in all its forms, a domain and a colon before its name unless it is a standard one. Types
    /// that a form does not take are left out there.
    static Sample of(String name, Set<ElementType> types) {
        return new Sample(name, types);
    }

    /// The version of the operator's domain, where it is not a standard one; without this 1.
    Sample version(int number) {
        version = number;
        return this;
    }

    /// Only for this opset and later ones.
    Sample from(int opset) {
        from = opset;
        return this;
    }

    /// Only for this opset and earlier ones.
    Sample until(int opset) {
        until = opset;
        return this;
    }

    /// ONNX Runtime computes something else for these types, as docs/ort-differences.md says.
    Sample unlikeOrt(Set<ElementType> unlike) {
        different = ImmutableSet.copyOf(unlike);
        return this;
    }

    /// Random values of the following operands lie between these.
    Sample range(double least, double greatest) {
        low = least;
        high = greatest;
        return this;
    }

    /// A random operand.
    Sample in(long... sizes) {
        return operand(Optional.empty(), sizes, Optional.empty(), false);
    }

    /// A random operand of a type.
    Sample in(ElementType type, long... sizes) {
        return operand(Optional.of(type), sizes, Optional.empty(), false);
    }

    /// A random initializer.
    Sample constant(long... sizes) {
        return operand(Optional.empty(), sizes, Optional.empty(), true);
    }

    /// A random initializer of a type.
    Sample constant(ElementType type, long... sizes) {
        return operand(Optional.of(type), sizes, Optional.empty(), true);
    }

    /// An initializer with one element of the sample's type and a value.
    Sample scalar(double value) {
        return operand(
                Optional.empty(),
                new long[0],
                Optional.of(Tensor.ofReals(ElementType.FLOAT64, new double[] {value})),
                true);
    }

    /// An int64 initializer without axes.
    Sample number(long value) {
        return longs(new long[] {value}, new long[0]);
    }

    /// A rank-1 int64 initializer.
    Sample longs(long... values) {
        return longs(values, values.length);
    }

    /// An int64 initializer.
    Sample longs(long[] values, long... sizes) {
        return operand(
                Optional.of(ElementType.INT64),
                sizes,
                Optional.of(Tensor.ofIntegers(ElementType.INT64, values, sizes)),
                true);
    }

    /// An int64 input with values.
    Sample indices(long[] values, long... sizes) {
        return operand(
                Optional.of(ElementType.INT64),
                sizes,
                Optional.of(Tensor.ofIntegers(ElementType.INT64, values, sizes)),
                false);
    }

    /// A rank-1 input with values of the sample's type.
    Sample given(double... values) {
        return given(values, values.length);
    }

    /// An input with values of the sample's type.
    Sample given(double[] values, long... sizes) {
        return operand(Optional.empty(), sizes, Optional.of(Tensor.ofReals(ElementType.FLOAT64, values, sizes)), false);
    }

    /// An input with values of a type.
    Sample given(ElementType type, double[] values, long... sizes) {
        return operand(
                Optional.of(type), sizes, Optional.of(Tensor.ofReals(ElementType.FLOAT64, values, sizes)), false);
    }

    /// An initializer with values of a type.
    Sample fixed(ElementType type, double[] values, long... sizes) {
        return operand(Optional.of(type), sizes, Optional.of(Tensor.ofReals(ElementType.FLOAT64, values, sizes)), true);
    }

    /// A rank-1 input that holds text.
    Sample text(String... values) {
        Tensor text = Tensor.ofText(ImmutableList.copyOf(values), values.length);
        return operand(Optional.of(ElementType.STRING), text.sizes(), Optional.of(text), false);
    }

    /// An operand that is left out.
    Sample absent() {
        operands.add(new Operand(Optional.empty(), new long[0], 0, 0, Optional.empty(), false, true));
        return this;
    }

    private Sample operand(Optional<ElementType> type, long[] sizes, Optional<Tensor> values, boolean isConstant) {
        operands.add(new Operand(type, sizes, low, high, values, isConstant, false));
        return this;
    }

    /// An integer attribute.
    Sample set(String name, long value) {
        return set(attribute(name, AttributeType.INT).setI(value));
    }

    /// An attribute that is a list of integers.
    Sample set(String name, long[] values) {
        return set(attribute(name, AttributeType.INTS).addAllInts(Longs.asList(values)));
    }

    /// A real attribute.
    Sample real(String name, double value) {
        return set(attribute(name, AttributeType.FLOAT).setF((float) value));
    }

    /// An attribute that is a list of real numbers.
    Sample reals(String name, float... values) {
        return set(attribute(name, AttributeType.FLOATS).addAllFloats(Floats.asList(values)));
    }

    /// A text attribute.
    Sample set(String name, String value) {
        return set(attribute(name, AttributeType.STRING).setS(ByteString.copyFromUtf8(value)));
    }

    /// A tensor attribute.
    Sample set(String name, TensorData value) {
        return set(attribute(name, AttributeType.TENSOR).setT(SampleModel.tensor("", value)));
    }

    /// A tensor attribute of the sample's type.
    Sample own(String name, double... values) {
        own.put(name, values);
        return this;
    }

    /// An attribute that is a list of text.
    Sample texts(String name, String... values) {
        return set(
                attribute(name, AttributeType.STRINGS)
                        .addAllStrings(Stream.of(values).map(ByteString::copyFromUtf8).toList()));
    }

    /// Nodes instead of a single one of the operator; see [SampleScript].
    Sample nodes(String text) {
        script = Optional.of(text);
        return this;
    }

    private static AttributeProto.Builder attribute(String name, AttributeType type) {
        return AttributeProto.newBuilder().setName(name).setType(type);
    }

    private Sample set(AttributeProto.Builder attribute) {
        attributes.add(attribute.build());
        return this;
    }

    /// A result of a type; without this, there is one of the sample's type.
    Sample gives(ElementType type) {
        results.add(Optional.of(type));
        return this;
    }

    /// A result of the sample's type.
    Sample gives() {
        results.add(Optional.empty());
        return this;
    }

    String domain() {
        return domain;
    }

    String operator() {
        return operator;
    }

    ImmutableSet<ElementType> types() {
        return types;
    }

    Optional<String> script() {
        return script;
    }

    boolean isUnlikeOrt(ElementType type) {
        return different.contains(type);
    }

    boolean isFor(int opset) {
        return from <= opset && opset <= until;
    }

    List<Operand> operands() {
        return operands;
    }

    int version() {
        return version;
    }

    /// The attributes, for a type of the sample.
    List<AttributeProto> attributes(ElementType type) {
        var all = new ArrayList<AttributeProto>(attributes);
        own.forEach((name, values) ->
                all.add(
                        attribute(name, AttributeType.TENSOR)
                                .setT(SampleModel.tensor("", TensorData.ofReals(type, values, values.length)))
                                .build()));
        return all;
    }

    /// The types of the results, for a type of the sample.
    ImmutableList<ElementType> results(ElementType type) {
        return results.isEmpty()
                ? ImmutableList.of(type)
                : results.stream().map(result -> result.orElse(type)).collect(ImmutableList.toImmutableList());
    }
}
