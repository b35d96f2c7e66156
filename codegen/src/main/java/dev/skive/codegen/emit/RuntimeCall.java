package dev.skive.codegen.emit;

import com.palantir.javapoet.CodeBlock;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.AroundAxis;
import dev.skive.ir.op.CollapseAxes;
import dev.skive.ir.op.DynamicExpand;
import dev.skive.ir.op.DynamicReshape;
import dev.skive.ir.op.DynamicSlice;
import dev.skive.ir.op.DynamicSqueeze;
import dev.skive.ir.op.DynamicUnsqueeze;
import dev.skive.ir.op.Extents;
import dev.skive.ir.op.NonMaxSuppression;
import dev.skive.ir.op.NonZero;
import dev.skive.ir.op.Reshaping;
import dev.skive.ir.op.Search;
import dev.skive.ir.op.TopK;
import dev.skive.ir.op.Unique;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/// The call of the runtime that evaluates a node: an expression that gives its result, or an array of its results.
///
/// @param node the node
/// @param operands its operands
/// @param place the expression of an operand
record RuntimeCall(Node node, List<Value> operands, Function<Value, CodeBlock> place) {
    RuntimeCall(Node node, Function<Value, CodeBlock> place) {
        this(node, node.operands(), place);
    }

    /// The expression.
    CodeBlock code() {
        return switch (node.op()) {
            case NonZero find -> call("Searching", "nonZero");
            case Reshaping reshaping -> reshaping(reshaping);
            case Search search -> search(search);
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
            case CollapseAxes collapse -> call("Reshaping", "collapseAxes", collapse.rank(), collapse.noAxesMeanNone());
            case DynamicExpand expand -> call("Reshaping", "expand");
            case DynamicReshape reshape -> call("Reshaping", "reshape", reshape.zeroIsSize());
            case DynamicSlice slice -> given(5).call("Reshaping", "slice");
            case DynamicSqueeze squeeze -> call("Reshaping", "squeeze");
            case DynamicUnsqueeze unsqueeze -> call("Reshaping", "unsqueeze");
            case Extents extents -> call("Reshaping", "extents");
        };
    }

    private CodeBlock search(Search op) {
        return switch (op) {
            case NonMaxSuppression boxes -> given(5).call("Boxes", "nonMaxSuppression", boxes.centered());
            case TopK best -> call("Ranking", "topK", best.axis(), best.largest());
            case Unique unique -> call("Ranking", "unique", unique.sorted(), unique.axis().orElse(-1));
        };
    }

    /// The same with operands at the end that were left out.
    private RuntimeCall given(int operands) {
        List<Value> all = new ArrayList<>(node.operands());
        while (all.size() < operands) {
            all.add(Value.ABSENT);
        }
        return new RuntimeCall(node, all, place);
    }

    /// A static method of the runtime applied to all operands, and to numbers and truth values.
    private CodeBlock call(String type, String method, Object... attributes) {
        CodeBlock arguments =
                Stream.concat(
                                operands.stream()
                                        .map(operand ->
                                                operand.isAbsent() ? CodeBlock.of("null") : place.apply(operand)),
                                Arrays.stream(attributes).map(attribute -> CodeBlock.of("$L", attribute)))
                        .collect(CodeBlock.joining(", "));
        return CodeBlock.of("$T.$L($L)", RuntimeTypes.dynamic(type), method, arguments);
    }
}
