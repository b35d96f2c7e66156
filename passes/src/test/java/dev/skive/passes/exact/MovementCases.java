package dev.skive.passes.exact;

import static dev.skive.passes.exact.ExactCases.rule;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Add;
import dev.skive.ir.op.Cast;
import dev.skive.ir.op.Concat;
import dev.skive.ir.op.Expand;
import dev.skive.ir.op.Relu;
import dev.skive.ir.op.Reshape;
import dev.skive.ir.op.Slice;
import dev.skive.ir.op.Transpose;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import dev.skive.passes.rule.RuleCase;
import dev.skive.passes.rule.Sample;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// Examples of the rules about movements and conversions.
final class MovementCases {
    private MovementCases() {}

    static List<RuleCase> all() {
        return ImmutableList.<RuleCase>builder().addAll(moves()).addAll(repetitions()).build();
    }

    private static List<RuleCase> moves() {
        return ImmutableList.of(
                rule(
                        "drop-transpose",
                        s -> s.graph(s.add(new Transpose(ImmutableList.of(0, 1, 2)), s.input(s.shape(3)))),
                        s -> s.graph(s.add(new Transpose(ImmutableList.of(1, 0)), s.input(2, 2)))),
                rule(
                        "merge-transposes",
                        s -> s.graph(s.add(permutation(s), s.add(permutation(s), s.input(s.shape(3))))),
                        s -> s.graph(s.add(permutation(s), s.add(new Relu(), s.input(2, 3, 4))))),
                rule(
                        "drop-reshape",
                        s -> {
                            Shape shape = s.shape(3);
                            return s.graph(s.add(new Reshape(shape.dims()), s.input(shape)));
                        },
                        s -> s.graph(s.add(new Reshape(Shape.of(3, 2).dims()), s.input(2, 3)))),
                rule(
                        "merge-reshapes",
                        MovementCases::reshapes,
                        s -> s.graph(s.add(flat(Shape.of(2, 3)), s.input(2, 3)))),
                rule(
                        "drop-slice",
                        s -> {
                            Shape shape = s.shape(2);
                            return s.graph(s.add(Slice.along(shape, 1, Dim.ZERO, shape.dim(1)), s.input(shape)));
                        },
                        s ->
                                s.graph(
                                        s.add(
                                                new Slice(
                                                        ImmutableList.of(Dim.of(2)),
                                                        ImmutableList.of(Dim.of(3)),
                                                        ImmutableList.of(-1L)),
                                                s.input(3)))),
                rule("merge-slices", MovementCases::slices, s -> s.graph(s.add(slice(1, 2, 1), s.input(4)))));
    }

    private static List<RuleCase> repetitions() {
        return ImmutableList.of(
                rule(
                        "drop-expand",
                        s -> {
                            Shape shape = s.shape(2);
                            return s.graph(s.add(new Expand(Shape.of(1, 1).dims()), s.input(shape)));
                        },
                        s -> s.graph(s.add(new Expand(Shape.of(2, 3).dims()), s.input(1, 3)))),
                rule(
                        "merge-expands",
                        s ->
                                s.graph(
                                        s.add(
                                                new Expand(Shape.of(2, 3, 1).dims()),
                                                s.add(new Expand(Shape.of(3, 4).dims()), s.input(1, 4)))),
                        s -> s.graph(s.add(new Expand(Shape.of(2, 3).dims()), s.input(1, 3)))),
                rule(
                        "drop-concat",
                        s -> s.graph(s.add(new Concat(1), s.input(s.shape(2)))),
                        s -> s.graph(s.add(new Concat(0), s.input(2), s.input(1)))),
                rule("merge-concats", MovementCases::concats, MovementCases::otherConcats),
                rule(
                        "drop-expanded-operand",
                        s -> {
                            Value small = s.input(1, 3);
                            Value wide = s.add(new Expand(Shape.of(2, 3).dims()), small);
                            return s.graph(s.addEither(new Add(), wide, s.input(2, 3)));
                        },
                        s ->
                                s.graph(
                                        s.add(
                                                new Add(),
                                                s.add(new Expand(Shape.of(2, 3).dims()), s.input(1, 3)),
                                                s.input(1, 3)))),
                rule(
                        "drop-cast",
                        s -> s.graph(s.add(new Cast(s.real()), s.input(s.shape(2)))),
                        s -> s.graph(s.add(new Cast(ElementType.FLOAT64), s.input(s.shape(2))))),
                rule("merge-casts", MovementCases::casts, MovementCases::lossyCasts));
    }

    private static Transpose permutation(Sample s) {
        var axes = new ArrayList<>(List.of(0, 1, 2));
        Collections.shuffle(axes, new Random(s.between(0, 1000)));
        return new Transpose(ImmutableList.copyOf(axes));
    }

    private static Reshape flat(Shape shape) {
        return new Reshape(ImmutableList.of(shape.elementCount()));
    }

    private static Graph reshapes(Sample s) {
        Shape shape = s.shape(3);
        Shape other = Shape.of(shape.dim(0).times(shape.dim(1)), shape.dim(2));
        return s.graph(s.add(new Reshape(other.dims()), s.add(flat(shape), s.input(shape))));
    }

    private static Slice slice(long start, long size, long step) {
        return new Slice(ImmutableList.of(Dim.of(start)), ImmutableList.of(Dim.of(size)), ImmutableList.of(step));
    }

    private static Graph slices(Sample s) {
        Slice inner = s.coin() ? slice(1, 5, 2) : slice(9, 5, -2);
        Slice outer = s.coin() ? slice(s.between(0, 2), 3, 1) : slice(4, 2, -2);
        return s.graph(s.add(outer, s.add(inner, s.input(12))));
    }

    private static Graph concats(Sample s) {
        Value inner = s.add(new Concat(0), s.input(2, 3), s.input(1, 3));
        return s.graph(
                s.coin() ? s.add(new Concat(0), inner, s.input(1, 3)) : s.add(new Concat(0), s.input(1, 3), inner));
    }

    private static Graph otherConcats(Sample s) {
        Value inner = s.add(new Concat(1), s.input(2, 3), s.input(2, 1));
        return s.graph(s.add(new Concat(0), inner, s.input(1, 4)));
    }

    private static Graph casts(Sample s) {
        return switch (s.between(0, 3)) {
            case 0 -> chain(s, ElementType.BOOL, ElementType.INT64, ElementType.FLOAT32);
            case 1 -> chain(s, ElementType.INT32, ElementType.FLOAT64, ElementType.INT8);
            case 2 -> chain(s, ElementType.FLOAT16, ElementType.FLOAT32, ElementType.FLOAT64);
            default -> chain(s, ElementType.UINT8, ElementType.INT16, ElementType.BOOL);
        };
    }

    private static Graph lossyCasts(Sample s) {
        return switch (s.between(0, 2)) {
            case 0 -> chain(s, ElementType.INT64, ElementType.FLOAT64, ElementType.INT32);
            case 1 -> chain(s, ElementType.FLOAT32, ElementType.FLOAT16, ElementType.FLOAT64);
            default -> chain(s, ElementType.INT8, ElementType.UINT16, ElementType.INT64);
        };
    }

    private static Graph chain(Sample s, ElementType from, ElementType through, ElementType to) {
        return s.graph(s.add(new Cast(to), s.add(new Cast(through), s.input(from, s.shape(2)))));
    }
}
