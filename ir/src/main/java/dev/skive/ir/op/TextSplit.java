package dev.skive.ir.op;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.eval.Datum;
import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.TensorType;
import dev.skive.ir.type.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/// Texts cut at a delimiter, and how many pieces each has; missing pieces are empty
///
/// **Shapes**: `[d...]` -> `[d..., most pieces]`, `[d...]`.
/// **Types**: text -> text, `i64`.
/// **Numerics**: exact; an empty delimiter means runs of white space, which also end and begin nothing.
/// **Errors**: none.
/// **Source**: ONNX `StringSplit`.
///
/// @param delimiter where to cut
/// @param most the most cuts, or -1 for no limit
/// @param width the symbol that stands for the most pieces of a text
public record TextSplit(String delimiter, long most, String width) implements Dynamic {
    @Override
    public Arity arity() {
        return Arity.exactly(1);
    }

    @Override
    public ImmutableList<Type> infer(Operands operands) {
        Shape shape = operands.shape(0);
        return ImmutableList.of(
                new TensorType(ElementType.STRING, shape.concat(Shape.of(Dim.symbol(width)))),
                new TensorType(ElementType.INT64, shape));
    }

    @Override
    public ImmutableList<? extends Datum> evaluate(Evaluation evaluation) {
        Tensor text = evaluation.operand(0);
        List<List<String>> pieces = text.text().stream().map(this::pieces).toList();
        int widest = pieces.stream().mapToInt(List::size).max().orElse(0);
        var all = ImmutableList.<String>builder();
        for (List<String> row : pieces) {
            all.addAll(row).addAll(Collections.nCopies(widest - row.size(), ""));
        }
        long[] sizes = LongStream.concat(Arrays.stream(text.sizes()), LongStream.of(widest)).toArray();
        long[] counts = pieces.stream().mapToLong(List::size).toArray();
        return ImmutableList.of(
                Tensor.ofText(all.build(), sizes), Tensor.ofIntegers(ElementType.INT64, counts, text.sizes()));
    }

    private List<String> pieces(String text) {
        boolean isSpace = delimiter.isEmpty();
        String rest = isSpace ? text.strip() : text;
        var pieces = new ArrayList<String>();
        if (rest.isEmpty()) {
            return isSpace || text.isEmpty() ? pieces : List.of(text);
        }
        String[] cut =
                rest.split(isSpace ? "\\s+" : Pattern.quote(delimiter), most < 0 ? -1 : Math.toIntExact(most + 1));
        return Arrays.asList(cut);
    }
}
