package dev.skive.passes.rule;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Commutative;
import java.util.stream.Stream;

/// Finds the ways a pattern fits a value.
public final class Matcher {
    private Matcher() {}

    /// Every way the pattern fits `value`, lazily, in a fixed order.
    public static Stream<Match> matches(Pattern pattern, Value value, Graph graph) {
        return extend(pattern, value, Match.at(graph, value)).filter(Match::ownsItsNodes);
    }

    private static Stream<Match> extend(Pattern pattern, Value value, Match match) {
        if (value.isAbsent()) {
            return acceptsMissing(pattern) ? Stream.of(match) : Stream.empty();
        }
        return switch (pattern) {
            case Pattern.Variable(String name) -> match.bind(name, value).stream();
            case Pattern.AnyConstant(String name) when value.constant().isPresent() -> match.bind(name, value).stream();
            case Pattern.AnyNumber(String name) when Splat.of(value).isPresent() -> match.bind(name, value).stream();
            case Pattern.Literal(double number, boolean tolerance) when isNumber(value, number, tolerance) ->
                    Stream.of(match);
            case Pattern.Choice(var alternatives) ->
                    alternatives.stream().flatMap(alternative -> extend(alternative, value, match));
            case Pattern.Application application when application.operator().isInstance(value.node().op()) ->
                    apply(application, value, match);
            case Pattern.AnyApplication application when application.operator().isInstance(value.node().op()) ->
                    match.through(value.node(), application.owned()).bind(application.name(), value).stream();
            default -> Stream.empty();
        };
    }

    private static boolean acceptsMissing(Pattern pattern) {
        return switch (pattern) {
            case Pattern.Missing missing -> true;
            case Pattern.Choice(var alternatives) -> alternatives.stream().anyMatch(Matcher::acceptsMissing);
            default -> false;
        };
    }

    private static boolean isNumber(Value value, double number, boolean tolerance) {
        return value.constant().isPresent()
                && (tolerance ? Splat.isAbout(value, number) : Splat.isExactly(value, number));
    }

    private static Stream<Match> apply(Pattern.Application application, Value value, Match match) {
        Node node = value.node();
        ImmutableList<Pattern> forms = application.operands();
        Stream<Match> entered = match.through(node, application.owned()).bind(application.name(), value).stream();
        boolean swappable = node.op() instanceof Commutative && forms.size() == 2;
        return entered.flatMap(start ->
                swappable
                        ? Stream.concat(operands(forms, node, start), operands(forms.reverse(), node, start))
                        : operands(forms, node, start));
    }

    private static Stream<Match> operands(ImmutableList<Pattern> forms, Node node, Match match) {
        if (node.operands().size() > forms.size()) {
            return Stream.empty();
        }
        Stream<Match> found = Stream.of(match);
        for (int i = 0; i < forms.size(); i++) {
            Pattern form = forms.get(i);
            Value operand = i < node.operands().size() ? node.operand(i) : Value.ABSENT;
            found = found.flatMap(soFar -> extend(form, operand, soFar));
        }
        return found;
    }
}
