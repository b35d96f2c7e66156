package dev.skive.frontend.onnx.operator;

import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Abs;
import dev.skive.ir.op.Add;
import dev.skive.ir.op.And;
import dev.skive.ir.op.Cast;
import dev.skive.ir.op.Div;
import dev.skive.ir.op.Equal;
import dev.skive.ir.op.Exp;
import dev.skive.ir.op.Less;
import dev.skive.ir.op.Log;
import dev.skive.ir.op.Max;
import dev.skive.ir.op.Min;
import dev.skive.ir.op.Mul;
import dev.skive.ir.op.Not;
import dev.skive.ir.op.Op;
import dev.skive.ir.op.Sub;
import dev.skive.ir.op.Where;
import dev.skive.ir.type.ElementType;

/// A value in a formula that an importer puts together.
///
/// @param node the ONNX node the formula stands for
/// @param value the value
record Term(NodeContext node, Value value) {
    /// An operand of the node.
    static Term operand(NodeContext node, int index) {
        return new Term(node, node.operand(index));
    }

    /// A number of this element type.
    Term number(double number) {
        return new Term(node, node.scalar(value, number));
    }

    private Term apply(Op op, Term... others) {
        var operands = new Value[others.length + 1];
        operands[0] = value;
        for (int i = 0; i < others.length; i++) {
            operands[i + 1] = others[i].value;
        }
        return new Term(node, node.add(op, operands));
    }

    /// The element type.
    ElementType element() {
        return value.tensor().element();
    }

    Term plus(Term other) {
        return apply(new Add(), other);
    }

    Term plus(double number) {
        return plus(number(number));
    }

    Term minus(Term other) {
        return apply(new Sub(), other);
    }

    /// This where the number is 0.
    Term minus(double number) {
        return number == 0 ? this : minus(number(number));
    }

    Term times(Term other) {
        return apply(new Mul(), other);
    }

    /// This where the number is 1.
    Term times(double number) {
        return number == 1 ? this : times(number(number));
    }

    Term over(Term other) {
        return apply(new Div(), other);
    }

    /// This where the number is 1.
    Term over(double number) {
        return number == 1 ? this : over(number(number));
    }

    Term max(double number) {
        return apply(new Max(), number(number));
    }

    Term min(double number) {
        return apply(new Min(), number(number));
    }

    Term abs() {
        return apply(new Abs());
    }

    Term exp() {
        return apply(new Exp());
    }

    Term log() {
        return apply(new Log());
    }

    /// The result of an operator of this and a number.
    Term with(Op op, double number) {
        return apply(op, number(number));
    }

    /// The result of an operator of one operand.
    Term with(Op op) {
        return apply(op);
    }

    Term isLess(Term other) {
        return apply(new Less(), other);
    }

    Term isLess(double number) {
        return isLess(number(number));
    }

    Term isMore(double number) {
        return number(number).isLess(this);
    }

    Term isEqual(Term other) {
        return apply(new Equal(), other);
    }

    Term isEqual(double number) {
        return isEqual(number(number));
    }

    Term isBoth(Term other) {
        return apply(new And(), other);
    }

    Term not() {
        return apply(new Not());
    }

    /// `a` where this is true, else `b`.
    Term choose(Term a, Term b) {
        return apply(new Where(), a, b);
    }

    /// This as another element type.
    Term as(ElementType other) {
        return element() == other ? this : apply(new Cast(other));
    }
}
