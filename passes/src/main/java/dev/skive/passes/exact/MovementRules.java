package dev.skive.passes.exact;

import static dev.skive.passes.rule.Pattern.any;
import static dev.skive.passes.rule.Pattern.op;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.op.Concat;
import dev.skive.ir.op.Expand;
import dev.skive.ir.op.Reshape;
import dev.skive.ir.op.Slice;
import dev.skive.ir.op.Transpose;
import dev.skive.ir.type.Dim;
import dev.skive.passes.rule.Condition;
import dev.skive.passes.rule.CostClaim;
import dev.skive.passes.rule.Match;
import dev.skive.passes.rule.Replacement;
import dev.skive.passes.rule.Rule;
import java.util.Collections;
import java.util.stream.IntStream;

/// Movements that change nothing, or that follow one another.
final class MovementRules {
    private static final Replacement X = Replacement.by("x");

    static final ImmutableList<Rule> ALL =
            ImmutableList.of(
                    Rule.exact(
                            "drop-transpose",
                            op(Transpose.class, any("x")).as("move"),
                            X,
                            new Condition("perm keeps the order", MovementRules::keepsOrder)),
                    Rule.exact(
                                    "merge-transposes",
                                    op(Transpose.class, op(Transpose.class, any("x")).as("inner")).as("outer"),
                                    (match, emitter) -> emitter.add(composed(match), emitter.map(match.value("x"))))
                            .lowering(CostClaim.DEPTH),
                    Rule.exact("drop-reshape", op(Reshape.class, any("x")), X),
                    Rule.exact(
                                    "merge-reshapes",
                                    op(Reshape.class, op(Reshape.class, any("x"))).as("outer"),
                                    (match, emitter) ->
                                            emitter.add(
                                                    match.op("outer", Reshape.class), emitter.map(match.value("x"))))
                            .lowering(CostClaim.DEPTH),
                    Rule.exact(
                            "drop-slice",
                            op(Slice.class, any("x")).as("move"),
                            X,
                            new Condition("it takes everything in order", MovementRules::takesAll)),
                    Rule.exact(
                                    "merge-slices",
                                    op(Slice.class, op(Slice.class, any("x")).as("inner")).as("outer"),
                                    (match, emitter) -> emitter.add(mergedSlice(match), emitter.map(match.value("x"))))
                            .lowering(CostClaim.DEPTH),
                    Rule.exact("drop-expand", op(Expand.class, any("x")), X),
                    Rule.exact(
                                    "merge-expands",
                                    op(Expand.class, op(Expand.class, any("x"))).as("outer"),
                                    (match, emitter) ->
                                            emitter.add(
                                                    new Expand(match.shape("outer").dims()),
                                                    emitter.map(match.value("x"))))
                            .lowering(CostClaim.DEPTH),
                    Rule.exact("drop-concat", op(Concat.class, any("x")), X));

    private MovementRules() {}

    private static boolean keepsOrder(Match match) {
        ImmutableList<Integer> perm = match.op("move", Transpose.class).perm();
        return IntStream.range(0, perm.size()).allMatch(axis -> perm.get(axis) == axis);
    }

    private static Transpose composed(Match match) {
        ImmutableList<Integer> inner = match.op("inner", Transpose.class).perm();
        return new Transpose(
                match.op("outer", Transpose.class).perm().stream()
                        .map(inner::get)
                        .collect(ImmutableList.toImmutableList()));
    }

    private static boolean takesAll(Match match) {
        Slice slice = match.op("move", Slice.class);
        return slice.starts().stream().allMatch(start -> start.is(0))
                && slice.steps().equals(Collections.nCopies(slice.steps().size(), 1L))
                && slice.sizes().equals(match.shape("x").dims());
    }

    private static Slice mergedSlice(Match match) {
        Slice inner = match.op("inner", Slice.class);
        Slice outer = match.op("outer", Slice.class);
        var starts = ImmutableList.<Dim>builder();
        var steps = ImmutableList.<Long>builder();
        for (int axis = 0; axis < inner.starts().size(); axis++) {
            long step = inner.steps().get(axis);
            starts.add(inner.starts().get(axis).plus(outer.starts().get(axis).times(step)));
            steps.add(Math.multiplyExact(step, outer.steps().get(axis)));
        }
        return new Slice(starts.build(), outer.sizes(), steps.build());
    }
}
