package dev.skive.passes.rule.instance;

import com.google.common.collect.ImmutableList;
import dev.skive.frontend.lang.Attribute;
import dev.skive.grammar.tree.Expression;
import java.util.Optional;

/// Attributes and numbers as rules write them.
final class AttributeText {
    private AttributeText() {}

    /// A number that is written out.
    static Optional<Double> number(Expression expression) {
        return switch (expression) {
            case Expression.Numeral number when !number.isBits() -> Optional.of(Double.parseDouble(number.text()));
            case Expression.Negation negation -> number(negation.operand()).map(value -> -value);
            case Expression.Approximately about -> number(about.operand());
            case Expression.Name name ->
                    switch (Attribute.named(name.name())) {
                        case Attribute.Real(double value) -> Optional.of(value);
                        case Attribute.Truth(boolean truth) -> Optional.of(truth ? 1.0 : 0.0);
                        default -> Optional.empty();
                    };
            default -> Optional.empty();
        };
    }

    /// An attribute that is written out.
    static Optional<Attribute> value(Expression written) {
        return switch (written) {
            case Expression.Listing listing -> items(listing);
            case Expression.Name name -> Optional.of(Attribute.named(name.name()));
            case Expression.Numeral number when number.isWhole() ->
                    Optional.of(new Attribute.Whole(Long.parseLong(number.text())));
            default -> number(written).map(AttributeText::number);
        };
    }

    private static Attribute number(double value) {
        return value == (long) value ? new Attribute.Whole((long) value) : new Attribute.Real(value);
    }

    private static Optional<Attribute> items(Expression.Listing listing) {
        var items = ImmutableList.<Attribute>builder();
        for (Expression item : listing.items()) {
            Optional<Attribute> value = value(item);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            items.add(value.get());
        }
        return Optional.of(new Attribute.Items(items.build()));
    }
}
