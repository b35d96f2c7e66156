package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import dev.skive.frontend.onnx.file.TensorReader;
import dev.skive.frontend.onnx.proto.NodeProto;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.eval.Interpreter;
import dev.skive.ir.eval.Precision;
import dev.skive.ir.graph.GraphBuilder;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Dynamic;
import dev.skive.ir.op.Extents;
import dev.skive.ir.op.Op;
import dev.skive.ir.op.Reshape;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// One ONNX node while it is imported: its operands, its attributes, and a builder that records where results come from.
///
/// @param proto the node
/// @param opset version of the operator set of its domain
/// @param origin where results come from
/// @param operands its operands, absent ones included
/// @param attributes its attributes
/// @param builder the graph under construction
/// @param tensors reads tensors among the attributes
/// @param scope what surrounds it
public record NodeContext(
        NodeProto proto,
        int opset,
        Origin origin,
        ImmutableList<Value> operands,
        Attributes attributes,
        GraphBuilder builder,
        TensorReader tensors,
        Scope scope) {

    /// This node with other operands.
    public NodeContext withOperands(ImmutableList<Value> others) {
        return new NodeContext(proto, opset, origin, others, attributes, builder, tensors, scope);
    }

    /// This node for a graph inside of it.
    NodeContext withBuilder(GraphBuilder other) {
        return new NodeContext(proto, opset, origin, operands, attributes, other, tensors, scope);
    }

    /// Number of results the node names.
    public int resultCount() {
        return proto.getOutputCount();
    }

    /// True when the operand is given.
    public boolean has(int index) {
        return index < operands.size() && !operands.get(index).isAbsent();
    }

    /// An operand that must be given.
    public Value operand(int index) {
        return optional(index).orElseThrow(() -> failure("operand %s is missing", index));
    }

    /// An operand, when given.
    public Optional<Value> optional(int index) {
        return has(index) ? Optional.of(operands.get(index)) : Optional.empty();
    }

    /// The shape of an operand that must be given.
    public Shape shape(int index) {
        return operand(index).shape();
    }

    /// The element type of an operand that must be given.
    public ElementType element(int index) {
        return operand(index).tensor().element();
    }

    /// Applies an operator with one result.
    public Value add(Op op, Value... values) {
        return new TextMoves(this).apply(op, values).orElseGet(() -> builder.add(origin, op, values));
    }

    /// Applies an operator that takes its course from data. When all of that is known, so are the results.
    public ImmutableList<Value> addDynamic(Dynamic op, Value... values) {
        Node node = builder.addNode(origin, op, ImmutableList.copyOf(values));
        boolean known = Arrays.stream(values).allMatch(value -> value.isAbsent() || value.constant().isPresent());
        if (known) {
            return new Interpreter(Precision.DECLARED)
                    .fold(node).stream()
                            .map(tensor -> constant(tensor.toData()))
                            .collect(ImmutableList.toImmutableList());
        }
        return IntStream.range(0, node.types().size()).mapToObj(node::result).collect(ImmutableList.toImmutableList());
    }

    /// A symbol for a size that only a run can tell.
    public String freshSymbol(String wanted) {
        return scope.freshSymbol(wanted);
    }

    /// A constant.
    public Value constant(TensorData data) {
        return builder.constant(origin, data);
    }

    /// A rank-0 constant of the element type of another value.
    public Value scalar(Value like, double number) {
        return constant(TensorData.scalar(like.tensor().element(), number));
    }

    /// The elements of an integer operand as sizes, when they do not depend on the data of a run.
    public Optional<ImmutableList<Dim>> knownSizes(int index) {
        Value operand = operand(index);
        return operand.contents()
                .or(() ->
                        ConstantFolding.fold(operand)
                                .filter(data -> data.element().isInteger())
                                .map(NodeContext::dims));
    }

    /// The elements of an integer operand as numbers, when they do not depend on the sizes or the data of a run.
    public Optional<ImmutableList<Long>> knownNumbers(int index) {
        return knownSizes(index)
                .filter(sizes -> sizes.stream().allMatch(Dim::isKnown))
                .map(sizes -> sizes.stream().map(Dim::known).collect(ImmutableList.toImmutableList()));
    }

    /// The elements of an integer operand as sizes, which cannot be negative: symbols where they are data of a run.
    public ImmutableList<Dim> sizes(int index) {
        return knownSizes(index).orElseGet(() -> extents(operand(index), proto.getInput(index)));
    }

    /// The elements of an integer value as sizes; at run time it is an error when one is negative.
    ///
    /// @param name what symbols are called after
    public ImmutableList<Dim> extents(Value value, String name) {
        int count = count(value);
        ImmutableList<Dim> sizes = freshSizes(name, count);
        Value row = value.shape().rank() == 1 ? value : add(new Reshape(ImmutableList.of(Dim.of(count))), value);
        Value told = addDynamic(new Extents(sizes), row).getFirst();
        return told.shape().dims().subList(1, told.shape().rank());
    }

    /// Symbols for sizes that only a run can tell.
    public ImmutableList<Dim> freshSizes(String name, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Dim.symbol(freshSymbol(name)))
                .collect(ImmutableList.toImmutableList());
    }

    /// How many elements a list of axes, sizes or bounds has.
    ///
    /// @throws SkiveException when only a run can tell: then nobody knows how many axes the results have
    public int count(Value list) {
        return Math.toIntExact(
                list.shape()
                        .elementCount()
                        .ifKnown()
                        .orElseThrow(() ->
                                failure(
                                        "%s needs to know how many elements %s has, because that tells the rank of its result",
                                        proto.getOpType(), list.type())));
    }

    /// The elements of an integer operand as numbers.
    ///
    /// @throws SkiveException when they depend on the sizes or the data of a run
    public ImmutableList<Long> numbers(int index) {
        ImmutableList<Dim> sizes =
                knownSizes(index)
                        .orElseThrow(() ->
                                failure(
                                        "%s needs the elements of operand %s '%s' (%s) before a run, but they depend on data",
                                        proto.getOpType(), index, proto.getInput(index), operand(index).type()));
        return sizes.stream()
                .map(dim ->
                        dim.ifKnown()
                                .orElseThrow(() ->
                                        failure(
                                                "operand %s '%s' must be constant, found the size %s",
                                                index, proto.getInput(index), dim)))
                .collect(ImmutableList.toImmutableList());
    }

    private static ImmutableList<Dim> dims(TensorData data) {
        return LongStream.of(data.longs()).mapToObj(Dim::of).collect(ImmutableList.toImmutableList());
    }

    /// The elements of a real operand, which must follow from constants.
    ///
    /// @throws SkiveException when they depend on the sizes or the data of a run
    public ImmutableList<Double> floats(int index) {
        TensorData data =
                ConstantFolding.fold(operand(index))
                        .orElseThrow(() ->
                                failure(
                                        "%s needs the elements of operand %s '%s' (%s) before a run",
                                        proto.getOpType(), index, proto.getInput(index), operand(index).type()));
        return LongStream.range(0, data.count()).mapToObj(data::getDouble).collect(ImmutableList.toImmutableList());
    }

    /// A list that old opsets give as an attribute and new ones as an operand.
    public Optional<ImmutableList<Long>> numbers(String attribute, int index) {
        return has(index) ? Optional.of(numbers(index)) : attributes.integers(attribute);
    }

    /// An error about this node.
    @FormatMethod
    public SkiveException failure(@FormatString String format, @Nullable Object... arguments) {
        return new SkiveException(ExitCode.INVALID_MODEL, origin, String.format(Locale.ROOT, format, arguments));
    }
}
