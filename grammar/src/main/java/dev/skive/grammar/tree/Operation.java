package dev.skive.grammar.tree;

import java.util.Arrays;

/// An operator that is written between two expressions.
public enum Operation {
    TIMES("*"),
    OVER("/"),
    REST("%"),
    AT("@"),
    PLUS("+"),
    MINUS("-"),
    EQUAL("=="),
    DIFFERENT("!="),
    LESS("<"),
    AT_MOST("<="),
    GREATER(">"),
    AT_LEAST(">="),
    BOTH("&&"),
    EITHER("||"),
    OR("|");

    private final String text;

    Operation(String text) {
        this.text = text;
    }

    /// How it is written.
    public String text() {
        return text;
    }

    /// The operator written so.
    public static Operation of(String text) {
        return Arrays.stream(values())
                .filter(operation -> operation.text.equals(text))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no operator '" + text + "'"));
    }
}
