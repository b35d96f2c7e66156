package dev.skive.passes.rule;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.skive.frontend.lang.Attribute;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Commutative;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Finds the ways a pattern fits a value, and tells a listener where it does not.
public final class Matcher {
    private static final AttributePattern DOES_NOT_HOLD = new AttributePattern.Equal(new Attribute.Truth(false));

    private final Failures failures;

    /// Hears of each place where a pattern stopped fitting.
    @FunctionalInterface
    public interface Failures {
        /// Hears nothing.
        Failures IGNORED = (match, wanted, found) -> {};

        /// A form was wanted where another value was found; `match` is what fitted before.
        void failed(Match match, Pattern wanted, Value found);
    }

    private Matcher(Failures failures) {
        this.failures = failures;
    }

    /// Every way the pattern fits `value`, lazily, in a fixed order.
    public static Stream<Match> matches(Pattern pattern, Value value, Graph graph) {
        return matches(pattern, value, graph, Failures.IGNORED).filter(match -> match.usedElsewhere().isEmpty());
    }

    /// Every way the pattern fits `value`, whether or not other nodes use what only the match may use.
    public static Stream<Match> matches(Pattern pattern, Value value, Graph graph, Failures failures) {
        return new Matcher(failures).extend(pattern, value, Match.at(graph, value));
    }

    private Stream<Match> extend(Pattern pattern, Value value, Match match) {
        return switch (pattern) {
            case Pattern.Choice(var alternatives) ->
                    alternatives.stream().flatMap(alternative -> extend(alternative, value, match));
            case Pattern.Only(Pattern form) ->
                    extend(form, value, match).map(found -> value.isAbsent() ? found : found.owning(value.node()));
            case Pattern.Named(String name, Pattern form) ->
                    checked(pattern, value, match, match.bind(name, value))
                            .flatMap(named -> extend(form, value, named));
            case Pattern.Application application when isResultOf(application, value) ->
                    apply(application, value, match);
            default -> checked(pattern, value, match, leaf(pattern, value, match));
        };
    }

    private Stream<Match> checked(Pattern pattern, Value value, Match match, Optional<Match> found) {
        if (found.isEmpty()) {
            failures.failed(match, pattern, value);
        }
        return found.stream();
    }

    private static Optional<Match> leaf(Pattern pattern, Value value, Match match) {
        if (value.isAbsent()) {
            return Optional.of(match).filter(soFar -> pattern instanceof Pattern.Missing);
        }
        return switch (pattern) {
            case Pattern.Variable(String name) -> match.bind(name, value);
            case Pattern.AnyConstant(String name) when value.constant().isPresent() -> match.bind(name, value);
            case Pattern.AnyNumber(String name) when Splat.of(value).isPresent() -> match.bind(name, value);
            case Pattern.Literal(double number, boolean tolerance) when isNumber(value, number, tolerance) ->
                    Optional.of(match);
            default -> Optional.empty();
        };
    }

    private static boolean isResultOf(Pattern.Application application, Value value) {
        return application.operator().isInstance(value.node().op()) && value.index() == application.result();
    }

    private static boolean isNumber(Value value, double number, boolean tolerance) {
        return value.constant().isPresent()
                && (tolerance ? Splat.isAbout(value, number) : Splat.isExactly(value, number));
    }

    private Stream<Match> apply(Pattern.Application application, Value value, Match match) {
        Node node = value.node();
        ImmutableList<Pattern> forms = application.operands();
        Optional<Match> entered = attributes(application, node, match.through(node));
        if (entered.isEmpty()) {
            failures.failed(match, application, value);
            return Stream.empty();
        }
        boolean swappable = node.op() instanceof Commutative && forms.size() == 2;
        Stream<Match> inOrder = operands(forms, node.operands(), entered.get());
        return swappable ? Stream.concat(inOrder, operands(forms.reverse(), node.operands(), entered.get())) : inOrder;
    }

    private static Optional<Match> attributes(Pattern.Application application, Node node, Match match) {
        if (application.attributes().isEmpty()) {
            return Optional.of(match);
        }
        return attributes(application.attributes(), Attributes.of(node.op()), match);
    }

    private static Optional<Match> attributes(
            ImmutableMap<String, AttributePattern> forms, Map<String, Attribute> found, Match match) {
        Optional<Match> soFar = Optional.of(match);
        for (Map.Entry<String, AttributePattern> form : forms.entrySet()) {
            Attribute attribute = found.get(form.getKey());
            // In a group, what does not hold is not mentioned.
            boolean fits = attribute != null || form.getValue().equals(DOES_NOT_HOLD);
            soFar =
                    soFar.filter(m -> fits)
                            .flatMap(
                                    m -> attribute == null ? Optional.of(m) : attribute(form.getValue(), attribute, m));
        }
        return soFar;
    }

    private static Optional<Match> attribute(AttributePattern form, Attribute found, Match match) {
        return switch (form) {
            case AttributePattern.Any(String name) -> match.bind(name, new Bound.Of(found));
            case AttributePattern.Equal(Attribute wanted) ->
                    Attributes.same(wanted, found) ? Optional.of(match) : Optional.empty();
            case AttributePattern.Items(var items) ->
                    found instanceof Attribute.Items(var values) ? items(items, values, match) : Optional.empty();
            case AttributePattern.Group(String name, var parts) ->
                    found instanceof Attribute.Group group && group.name().equals(name)
                            ? attributes(parts, group.parts(), match)
                            : Optional.empty();
        };
    }

    private static Optional<Match> items(
            ImmutableList<AttributePattern> forms, ImmutableList<Attribute> found, Match match) {
        Optional<Match> soFar = forms.size() == found.size() ? Optional.of(match) : Optional.empty();
        for (int i = 0; i < forms.size() && soFar.isPresent(); i++) {
            soFar = attribute(forms.get(i), found.get(i), soFar.get());
        }
        return soFar;
    }

    /// Matches operands from the front; operands that are not there count as left out.
    private Stream<Match> operands(ImmutableList<Pattern> forms, ImmutableList<Value> operands, Match match) {
        if (forms.isEmpty()) {
            return operands.isEmpty() ? Stream.of(match) : Stream.empty();
        }
        ImmutableList<Pattern> others = forms.subList(1, forms.size());
        if (forms.getFirst() instanceof Pattern.Rest(String name)) {
            return rest(name, others, operands, match);
        }
        Value first = operands.isEmpty() ? Value.ABSENT : operands.getFirst();
        ImmutableList<Value> left = operands.isEmpty() ? operands : operands.subList(1, operands.size());
        return extend(forms.getFirst(), first, match).flatMap(found -> operands(others, left, found));
    }

    /// Takes as many operands as possible first.
    private Stream<Match> rest(String name, ImmutableList<Pattern> others, ImmutableList<Value> operands, Match match) {
        int fewest = others.isEmpty() ? operands.size() : 0;
        return IntStream.rangeClosed(fewest, operands.size())
                .map(i -> operands.size() + fewest - i)
                .boxed()
                .flatMap(count ->
                        match.bind(name, new Bound.Several(operands.subList(0, count))).stream()
                                .flatMap(found -> operands(others, operands.subList(count, operands.size()), found)));
    }
}
