package dev.skive.passes.exact;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Add;
import dev.skive.ir.op.Exp;
import dev.skive.ir.op.Expand;
import dev.skive.ir.op.Mul;
import dev.skive.ir.type.Shape;
import dev.skive.passes.rule.RuleCase;
import dev.skive.passes.rule.Sample;

/// Examples of the exact rules that are Java.
public final class ExactCases {
    private ExactCases() {}

    /// The rules with their examples.
    public static ImmutableList<RuleCase> all() {
        return ImmutableList.of(
                new RuleCase(
                        new FoldConstant(false, new Growth(1 << 20)),
                        s -> s.graph(s.add(new Add(), s.input(3), s.add(new Mul(), s.weight(3), s.weight(3)))),
                        s -> s.graph(s.add(new Add(), s.input(3), s.add(new Exp(), s.weight(3))))),
                new RuleCase(new DropExpandedOperand(), s -> expanded(s, 2), s -> expanded(s, 1)));
    }

    /// The expanded operand of a sum, whose other one has this many rows.
    private static Graph expanded(Sample s, long rows) {
        Value wide = s.add(new Expand(Shape.of(2, 3).dims()), s.input(1, 3));
        return s.graph(s.addEither(new Add(), wide, s.input(rows, 3)));
    }
}
