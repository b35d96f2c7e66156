package dev.skive.ir.eval;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.graph.Node;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.TensorType;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What an operator sees when it is evaluated: its operands, the types of its results, and the values of symbols.
///
/// @param node the application that is evaluated
/// @param operands one entry per operand, empty for absent ones
/// @param symbols the sizes the symbols stand for in this run
/// @param precision what happens to real results inside graphs that the operator runs
public record Evaluation(
        Node node, ImmutableList<Optional<Datum>> operands, Map<String, Long> symbols, Precision precision) {
    /// An evaluation over tensors, in double precision.
    public static Evaluation of(Node node, ImmutableList<Optional<Tensor>> operands, Map<String, Long> symbols) {
        ImmutableList<Optional<Datum>> data =
                operands.stream()
                        .map(operand -> operand.<Datum>map(tensor -> tensor))
                        .collect(ImmutableList.toImmutableList());
        return new Evaluation(node, data, symbols, Precision.DOUBLE);
    }

    /// An operand that must be there, whatever it is.
    public Datum datum(int index) {
        return operands.get(index).orElseThrow(() -> new AssertionError("operand " + index + " is absent"));
    }

    /// A tensor that must be there.
    public Tensor operand(int index) {
        return tensor(datum(index));
    }

    /// A tensor if it was given.
    public Optional<Tensor> optional(int index) {
        return index < operands.size() ? operands.get(index).map(Evaluation::tensor) : Optional.empty();
    }

    /// The members of an operand that is a sequence.
    public ImmutableList<Tensor> sequence(int index) {
        if (datum(index) instanceof TensorSequence(var tensors)) {
            return tensors;
        }
        throw new SkiveException(
                ExitCode.USAGE, "operand %d is not a sequence but %s".formatted(index, datum(index).describe()));
    }

    private static Tensor tensor(Datum datum) {
        if (datum instanceof Tensor tensor) {
            return tensor;
        }
        throw new SkiveException(
                ExitCode.USAGE,
                "expected a tensor, found %s; an optional must be checked before it is used"
                        .formatted(datum.describe()));
    }

    /// The real elements of an operand; not to be written.
    public double[] reals(int index) {
        return operand(index).reals();
    }

    /// The integer or boolean elements of an operand; not to be written.
    public long[] integers(int index) {
        return operand(index).integers();
    }

    /// The element type of a result.
    public ElementType element(int result) {
        return ((TensorType) node.types().get(result)).element();
    }

    /// The sizes of a result, when they follow from the sizes of the inputs.
    ///
    /// @throws SkiveException when they do not, or one would be negative
    public long[] sizes(int result) {
        Shape shape = ((TensorType) node.types().get(result)).shape();
        long[] sizes = evaluate(shape);
        check(Arrays.stream(sizes).allMatch(size -> size >= 0), "result %s would have sizes %s", shape, sizes);
        return sizes;
    }

    /// The number a size stands for in this run.
    ///
    /// @throws SkiveException when the inputs leave one of its symbols open
    public long size(Dim dim) {
        check(
                symbols.keySet().containsAll(dim.symbols()),
                "the sizes of the inputs determine %s, which leaves %s open",
                symbols,
                dim);
        return dim.evaluate(symbols);
    }

    /// The numbers the sizes of a shape stand for in this run.
    public long[] evaluate(Shape shape) {
        return shape.dims().stream().mapToLong(this::size).toArray();
    }

    /// Checks what type inference could not: it depends on the values of symbols.
    ///
    /// @throws SkiveException unless `holds`; arrays among the arguments are written out
    @FormatMethod
    public static void check(boolean holds, @FormatString String format, Object... arguments) {
        if (!holds) {
            Object[] words =
                    Arrays.stream(arguments)
                            .map(argument -> argument instanceof long[] sizes ? Arrays.toString(sizes) : argument)
                            .toArray();
            throw new SkiveException(ExitCode.USAGE, String.format(Locale.ROOT, format, words));
        }
    }

    /// A single real result in the order and sizes of the inferred type.
    public ImmutableList<Tensor> reals(double[] values) {
        return ImmutableList.of(Tensor.ofReals(element(0), values, sizes(0)));
    }
}
