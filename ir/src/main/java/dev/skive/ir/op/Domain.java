package dev.skive.ir.op;

import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.TensorType;
import dev.skive.ir.type.TypeError;

/// The element types an operator accepts.
public enum Domain {
    /// Floating-point.
    REAL,
    /// Floating-point and integer.
    NUMERIC,
    /// Integer.
    INTEGER,
    /// Unsigned integer.
    UNSIGNED,
    /// Boolean.
    BOOLEAN,
    /// Everything but text and complex numbers.
    COMPARABLE,
    /// Everything.
    ANY;

    /// Checks an operand.
    ///
    /// @throws TypeError when its element type is outside
    public void check(int operand, TensorType type) {
        TypeError.check(accepts(type.element()), "operand %s must be %s, found %s", operand, words(), type);
    }

    private boolean accepts(ElementType type) {
        return switch (this) {
            case REAL -> type.isReal();
            case NUMERIC -> type.isReal() || type.isInteger();
            case INTEGER -> type.isInteger();
            case UNSIGNED -> type.kind() == ElementType.Kind.UNSIGNED;
            case BOOLEAN -> type == ElementType.BOOL;
            case COMPARABLE -> type != ElementType.STRING && type.kind() != ElementType.Kind.COMPLEX;
            case ANY -> true;
        };
    }

    private String words() {
        return switch (this) {
            case REAL -> "floating-point";
            case NUMERIC -> "floating-point or integer";
            case INTEGER -> "integer";
            case UNSIGNED -> "an unsigned integer";
            case BOOLEAN -> "boolean";
            case COMPARABLE -> "a number or boolean";
            case ANY -> "anything";
        };
    }

    /// The least value of an integer type.
    static double least(ElementType type) {
        return type.kind() == ElementType.Kind.SIGNED ? -Math.scalb(1.0, type.bits() - 1) : 0;
    }

    /// The greatest value of an integer type, rounded to a double.
    static double greatest(ElementType type) {
        return type.kind() == ElementType.Kind.SIGNED
                ? Math.scalb(1.0, type.bits() - 1) - 1
                : Math.scalb(1.0, type.bits()) - 1;
    }
}
