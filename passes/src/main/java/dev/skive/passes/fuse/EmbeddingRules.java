package dev.skive.passes.fuse;

import static dev.skive.passes.rule.Pattern.any;
import static dev.skive.passes.rule.Pattern.constant;
import static dev.skive.passes.rule.Pattern.op;
import static dev.skive.passes.rule.Pattern.owned;
import static dev.skive.passes.rule.Pattern.ownedAny;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Add;
import dev.skive.ir.op.EmbeddingSum;
import dev.skive.ir.op.Gather;
import dev.skive.ir.op.Reshape;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.Shape;
import dev.skive.passes.rule.Condition;
import dev.skive.passes.rule.CostClaim;
import dev.skive.passes.rule.Match;
import dev.skive.passes.rule.Pattern;
import dev.skive.passes.rule.Rule;
import java.util.ArrayList;

/// Sums of rows looked up in tables. Two operands of one addition may be swapped without changing a bit, so that the
/// sum always grows on the right.
final class EmbeddingRules {
    static final ImmutableList<Rule> ALL =
            ImmutableList.of(
                    Rule.exact(
                                    "lift-reshape-to-ids",
                                    op(Reshape.class, lookup("")).as("result"),
                                    (match, emitter) -> {
                                        Shape rows = match.shape("result").slice(0, match.shape("result").rank() - 1);
                                        Value ids =
                                                emitter.add(new Reshape(rows.dims()), emitter.map(match.value("ids")));
                                        return emitter.add(new Gather(0), emitter.map(match.value("table")), ids);
                                    },
                                    tableOfRows(""),
                                    new Condition(
                                            "rows stay whole",
                                            match ->
                                                    match.shape("result").rank() > 0
                                                            && match.shape("result").last().equals(width(match, ""))))
                            .lowering(CostClaim.ELEMENTS),
                    Rule.exact(
                            "sum-embeddings",
                            op(Add.class, lookup("1"), lookup("2")),
                            (match, emitter) ->
                                    emitter.add(
                                            new EmbeddingSum(),
                                            emitter.map(match.value("table1")),
                                            emitter.map(match.value("ids1")),
                                            emitter.map(match.value("table2")),
                                            emitter.map(match.value("ids2"))),
                            tableOfRows("1"),
                            tableOfRows("2"),
                            new Condition("the widths agree", match -> width(match, "1").equals(width(match, "2")))),
                    Rule.reassociating(
                            "extend-embedding-sum",
                            op(Add.class, ownedAny(EmbeddingSum.class, "sum"), lookup("")),
                            (match, emitter) -> {
                                var operands = new ArrayList<Value>();
                                match.value("sum").node().operands().forEach(old -> operands.add(emitter.map(old)));
                                operands.add(emitter.map(match.value("table")));
                                operands.add(emitter.map(match.value("ids")));
                                return emitter.add(new EmbeddingSum(), operands.toArray(Value[]::new));
                            },
                            tableOfRows(""),
                            new Condition(
                                    "the widths agree", match -> match.shape("sum").last().equals(width(match, "")))));

    private EmbeddingRules() {}

    private static Pattern lookup(String which) {
        return owned(Gather.class, constant("table" + which), any("ids" + which)).as("rows" + which);
    }

    private static Condition tableOfRows(String which) {
        return new Condition(
                "rows of a floating-point table are looked up",
                match ->
                        match.op("rows" + which, Gather.class).axis() == 0
                                && match.shape("table" + which).rank() == 2
                                && match.value("table" + which).tensor().element().isReal());
    }

    private static Dim width(Match match, String which) {
        return match.shape("table" + which).last();
    }
}
