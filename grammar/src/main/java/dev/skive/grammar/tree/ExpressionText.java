package dev.skive.grammar.tree;

import java.util.List;
import java.util.stream.Collectors;

/// Expressions as text, for messages. Closures are shortened.
public final class ExpressionText {
    private ExpressionText() {}

    /// The expression on one line, with the parentheses it needs.
    public static String print(Expression expression) {
        return switch (expression) {
            case Expression.Negation of -> "-" + tight(of.operand());
            case Expression.Denial of -> "!" + tight(of.operand());
            case Expression.Approximately of -> "~" + tight(of.operand());
            case Expression.OnlyUse of -> "once " + tight(of.operand());
            case Expression.Binary of ->
                    "%s %s %s"
                            .formatted(
                                    inside(of.left(), of, true), of.operation().text(), inside(of.right(), of, false));
            case Expression.Call of ->
                    of.arguments().stream()
                            .map(ExpressionText::argument)
                            .collect(Collectors.joining(", ", of.name() + "(", ")"));
            case Expression.TensorLiteral of ->
                    of.elements().stream()
                            .map(ExpressionText::element)
                            .collect(Collectors.joining(", ", of.element() + list(of.shape()) + " { ", " }"));
            case Expression.Typed of -> of.element() + list(of.shape());
            case Expression.AnySizes of -> "...";
            case Expression.Closure of -> "(...) { ... }";
            case Expression.Listing of -> list(of.items());
            case Expression.Hole of -> "$" + of.name() + (of.rest() ? "..." : "");
            case Expression.Name of -> of.name();
            case Expression.Missing of -> "_";
            case Expression.Numeral of -> of.text();
            case Expression.Text of -> quoted(of.value());
        };
    }

    private static String list(List<Expression> items) {
        return items.stream().map(ExpressionText::print).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String argument(Argument argument) {
        return argument.name().map(name -> name + "=").orElse("") + print(argument.value());
    }

    private static String element(Element element) {
        return element.quoted() ? quoted(element.text()) : element.text();
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /// What an operator before it applies to.
    private static String tight(Expression expression) {
        return expression instanceof Expression.Binary ? "(" + print(expression) + ")" : print(expression);
    }

    private static String inside(Expression operand, Expression.Binary around, boolean isLeft) {
        boolean flat = operand instanceof Expression.Binary of && of.operation() == around.operation() && isLeft;
        return flat ? print(operand) : tight(operand);
    }
}
