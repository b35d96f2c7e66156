package dev.skive.passes.rule.instance;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import dev.skive.frontend.lang.Attribute;
import dev.skive.frontend.lang.Operators;
import dev.skive.ir.op.Op;
import dev.skive.ir.op.Source;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.TypeError;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/// The attributes of operators, changed. What an operator refuses is a [TypeError] or an [IllegalArgumentException].
final class Attributes {
    private Attributes() {}

    /// The operator with every size in its attributes mapped.
    static Op mapSizes(Op op, UnaryOperator<Dim> map) {
        return map(op, leaf -> leaf instanceof Attribute.Size(Dim size) ? new Attribute.Size(map.apply(size)) : leaf);
    }

    /// The operator with every element type in its attributes mapped.
    static Op mapElements(Op op, UnaryOperator<ElementType> map) {
        return map(
                op,
                leaf ->
                        leaf instanceof Attribute.Word(String word)
                                ? ElementType.parse(word)
                                        .<Attribute>map(element -> new Attribute.Word(map.apply(element).text()))
                                        .orElse(leaf)
                                : leaf);
    }

    /// The operator with some attributes set.
    static Op with(Op op, Map<String, Attribute> values) {
        if (values.isEmpty()) {
            return op;
        }
        var all = new HashMap<String, Attribute>(Operators.attributes(op));
        all.putAll(values);
        return Operators.create(Operators.name(op), all);
    }

    /// The operator with one attribute, or one entry of one, changed; empty when it has none, or refuses the new one.
    static Optional<Op> vary(Op op, Random random) {
        var places = new AtomicInteger();
        map(
                op,
                leaf -> {
                    places.incrementAndGet();
                    return leaf;
                });
        if (places.get() == 0) {
            return Optional.empty();
        }
        var left = new AtomicInteger(random.nextInt(places.get()));
        try {
            Op changed = map(op, leaf -> left.getAndDecrement() == 0 ? change(leaf, random) : leaf);
            return changed.equals(op) ? Optional.empty() : Optional.of(changed);
        } catch (TypeError | IllegalArgumentException refused) {
            return Optional.empty();
        }
    }

    private static Op map(Op op, UnaryOperator<Attribute> leaf) {
        if (op instanceof Source) {
            return op;
        }
        ImmutableMap<String, Attribute> old = Operators.attributes(op);
        Map<String, Attribute> mapped = mapAll(old, leaf);
        return mapped.equals(old) ? op : Operators.create(Operators.name(op), mapped);
    }

    private static ImmutableMap<String, Attribute> mapAll(
            ImmutableMap<String, Attribute> all, UnaryOperator<Attribute> leaf) {
        return ImmutableMap.copyOf(Maps.transformValues(all, attribute -> mapped(attribute, leaf)));
    }

    /// Lists are mapped after their entries, so that a whole list counts as a leaf too.
    private static Attribute mapped(Attribute attribute, UnaryOperator<Attribute> leaf) {
        return switch (attribute) {
            case Attribute.Items(var items) ->
                    leaf.apply(
                            new Attribute.Items(
                                    items.stream()
                                            .map(item -> mapped(item, leaf))
                                            .collect(ImmutableList.toImmutableList())));
            case Attribute.Group(String name, var parts) -> new Attribute.Group(name, mapAll(parts, leaf));
            default -> leaf.apply(attribute);
        };
    }

    private static Attribute change(Attribute leaf, Random random) {
        return switch (leaf) {
            case Attribute.Whole(long number) -> new Attribute.Whole(near(number, random));
            case Attribute.Real(double number) -> new Attribute.Real(near(number, random));
            case Attribute.Truth(boolean flag) -> new Attribute.Truth(!flag);
            case Attribute.Size(Dim size) -> new Attribute.Size(near(size, random));
            case Attribute.Items(var items) -> new Attribute.Items(rearranged(items, random));
            default -> leaf;
        };
    }

    private static long near(long number, Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> number + 1;
            case 1 -> number - 1;
            case 2 -> -number;
            case 3 -> 0;
            case 4 -> 2 * number;
            default -> random.nextInt(4);
        };
    }

    private static double near(double number, Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> 2 * number;
            case 1 -> -number;
            case 2 -> 0;
            case 3 -> 1;
            default -> number * (1 + random.nextDouble());
        };
    }

    private static Dim near(Dim size, Random random) {
        return size.isKnown()
                ? Dim.of(near(size.known(), random))
                : random.nextBoolean() ? size.plus(1) : size.times(2);
    }

    private static ImmutableList<Attribute> rearranged(ImmutableList<Attribute> list, Random random) {
        if (list.isEmpty()) {
            return list;
        }
        List<Attribute> entries = new ArrayList<>(list);
        int at = random.nextInt(entries.size());
        switch (random.nextInt(4)) {
            case 0 -> Collections.shuffle(entries, random);
            case 1 -> entries.remove(at);
            case 2 -> entries.add(at, entries.get(at));
            default -> Collections.reverse(entries);
        }
        return ImmutableList.copyOf(entries);
    }
}
