package dev.skive.codegen.emit;

import com.palantir.javapoet.CodeBlock;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.NonZero;
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
            default ->
                    throw new SkiveException(
                            ExitCode.INVALID_MODEL,
                            "generated code cannot compute '%s' on %s yet"
                                    .formatted(
                                            node.op().mnemonic(), node.operands().stream().map(Value::type).toList()));
        };
    }

    /// A static method of the runtime applied to all operands.
    private CodeBlock call(String type, String method) {
        CodeBlock operands =
                node.operands().stream()
                        .map(operand -> operand.isAbsent() ? CodeBlock.of("null") : place.apply(operand))
                        .collect(CodeBlock.joining(", "));
        return CodeBlock.of("$T.$L($L)", RuntimeTypes.dynamic(type), method, operands);
    }
}
