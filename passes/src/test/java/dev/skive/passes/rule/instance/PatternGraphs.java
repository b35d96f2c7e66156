package dev.skive.passes.rule.instance;

import com.google.common.collect.ImmutableList;
import dev.skive.grammar.tree.Expression;
import dev.skive.grammar.tree.RuleTree;
import dev.skive.ir.SkiveException;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.TypeError;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/// Random graphs of the form a rule looks for, from its pattern alone: each alternative, operands and attributes the pattern
/// leaves open at random, those it names twice the same.
///
/// @param rule the rule
/// @param donors what its examples have
/// @param constants variables that must be constants
public record PatternGraphs(RuleTree rule, Donors donors, Set<String> constants) {
    private static final Set<String> OF_CONSTANTS = Set.of("constant", "number");
    private static final List<ElementType> USUAL =
            List.of(
                    ElementType.FLOAT32,
                    ElementType.FLOAT32,
                    ElementType.FLOAT64,
                    ElementType.FLOAT16,
                    ElementType.INT64,
                    ElementType.INT32,
                    ElementType.UINT8,
                    ElementType.BOOL);

    /// Graphs for a rule with these examples.
    public static PatternGraphs of(RuleTree rule, List<Graph> examples) {
        var constants = new HashSet<String>();
        rule.conditions().forEach(condition -> collectConstants(condition, constants));
        return new PatternGraphs(rule, Donors.of(examples), Set.copyOf(constants));
    }

    private static void collectConstants(Expression condition, Set<String> constants) {
        switch (condition) {
            case Expression.Call(var position, String name, var arguments)
                    when OF_CONSTANTS.contains(name)
                            && !arguments.isEmpty()
                            && arguments.getFirst().value() instanceof Expression.Hole hole ->
                    constants.add(hole.name());
            case Expression.Binary binary -> {
                collectConstants(binary.left(), constants);
                collectConstants(binary.right(), constants);
            }
            default -> {}
        }
    }

    /// A graph, unless what was drawn does not fit together.
    public Optional<Graph> random(Random random) {
        try {
            ElementType usual =
                    donors.type(random)
                            .filter(_ -> random.nextBoolean())
                            .map(type -> type.element())
                            .orElseGet(() -> USUAL.get(random.nextInt(USUAL.size())));
            return Optional.of(new PatternBuilder(this, random, usual).build()).filter(Symbols::areBound);
        } catch (SkiveException | TypeError | IllegalArgumentException | ArithmeticException unfit) {
            return Optional.empty();
        }
    }

    ImmutableList<dev.skive.grammar.tree.Statement.Assignment> parts() {
        return rule.match().parts();
    }
}
