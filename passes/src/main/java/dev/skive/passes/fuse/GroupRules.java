package dev.skive.passes.fuse;

import static dev.skive.passes.rule.Pattern.any;
import static dev.skive.passes.rule.Pattern.missing;
import static dev.skive.passes.rule.Pattern.oneOf;
import static dev.skive.passes.rule.Pattern.op;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Attention;
import dev.skive.ir.op.Expand;
import dev.skive.ir.op.Reshape;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.Shape;
import dev.skive.passes.rule.Condition;
import dev.skive.passes.rule.CostClaim;
import dev.skive.passes.rule.Emitter;
import dev.skive.passes.rule.Match;
import dev.skive.passes.rule.Pattern;
import dev.skive.passes.rule.Rule;
import java.util.ArrayList;
import java.util.List;

/// Attention whose key heads were repeated to match the query heads.
final class GroupRules {
    static final ImmutableList<Rule> ALL =
            ImmutableList.of(
                    Rule.exact(
                                    "share-key-heads",
                                    op(
                                                    Attention.class,
                                                    any("q"),
                                                    repeated("k"),
                                                    repeated("v"),
                                                    oneOf(missing(), any("mask")))
                                            .as("attention"),
                                    GroupRules::build,
                                    new Condition(
                                            "keys and values repeat each head equally often",
                                            match -> repeatsHeads(match, "k") && repeatsHeads(match, "v")))
                            .lowering(CostClaim.DEPTH));

    private GroupRules() {}

    /// `[batch, length, groups, 1, size]` expanded to `[batch, length, groups, repeats, size]` and flattened.
    private static Pattern repeated(String name) {
        return op(Reshape.class, op(Expand.class, any(name)).as(name + "-repeated"));
    }

    private static boolean repeatsHeads(Match match, String name) {
        Shape from = match.shape(name);
        Shape to = match.shape(name + "-repeated");
        Dim heads = Dim.of(match.op("attention", Attention.class).queryHeads());
        return from.rank() == 5
                && to.rank() == 5
                && from.dim(3).is(1)
                && from.with(3, to.dim(3)).equals(to)
                && to.dim(2).times(to.dim(3)).equals(heads)
                && to.dim(2).equals(match.shape("k").dim(2));
    }

    private static Value build(Match match, Emitter emitter) {
        Attention op = match.op("attention", Attention.class);
        int groups = Math.toIntExact(match.shape("k").dim(2).known());
        List<Value> operands =
                new ArrayList<>(
                        List.of(emitter.map(match.value("q")), flat(match, "k", emitter), flat(match, "v", emitter)));
        if (match.has("mask")) {
            operands.add(emitter.map(match.value("mask")));
        }
        return emitter.add(new Attention(op.queryHeads(), groups, op.scale()), operands.toArray(Value[]::new));
    }

    private static Value flat(Match match, String name, Emitter emitter) {
        Shape shape = match.shape(name);
        var rows = Shape.of(shape.dim(0), shape.dim(1), shape.dim(2).times(shape.dim(4)));
        return emitter.add(new Reshape(rows.dims()), emitter.map(match.value(name)));
    }
}
