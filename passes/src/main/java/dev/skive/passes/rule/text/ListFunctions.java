package dev.skive.passes.rule.text;

import com.google.common.collect.ImmutableList;
import dev.skive.frontend.lang.Attribute;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.Shape;
import dev.skive.passes.rule.Attributes;
import dev.skive.passes.rule.Inapplicable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Functions of lists: sizes, axes, permutations.
final class ListFunctions {
    private static final String LIST = "list";
    private static final String OTHER = "other";
    private static final String PERM = "perm";
    private static final String AXES = "axes";

    static final ImmutableList<BuiltIn> ALL =
            Stream.of(items(), predicates(), changed(), places(), axes(), sets(), shapes())
                    .flatMap(ImmutableList::stream)
                    .collect(ImmutableList.toImmutableList());

    private ListFunctions() {}

    private static ImmutableList<BuiltIn> items() {
        return ImmutableList.of(
                BuiltIn.of("length", Kind.NUMBER, "How many items a list has.", on -> Numbers.of(on.list(0).size()))
                        .taking(LIST, Kind.LIST),
                BuiltIn.of(
                                "item",
                                Kind.ANY,
                                "An item of a list, counted from 0; a negative index counts from the end.",
                                on -> item(on.list(0), on.whole(1)))
                        .taking(LIST, Kind.LIST)
                        .taking("index", Kind.NUMBER),
                BuiltIn.of(
                                "lowest",
                                Kind.NUMBER,
                                "The smallest of the known numbers of a list.",
                                on ->
                                        Numbers.of(
                                                on.wholes(0).stream()
                                                        .min(Long::compare)
                                                        .orElseThrow(() -> new Inapplicable("the list is empty"))))
                        .taking(LIST, Kind.LIST),
                BuiltIn.of("sum", Kind.NUMBER, "The sum of the items.", on -> Numbers.of(sum(on.sizes(0))))
                        .taking(LIST, Kind.LIST),
                BuiltIn.of(
                                "product",
                                Kind.NUMBER,
                                "The product of the items.",
                                on -> Numbers.of(new Shape(on.sizes(0)).elementCount()))
                        .taking(LIST, Kind.LIST));
    }

    private static ImmutableList<BuiltIn> predicates() {
        return ImmutableList.of(
                BuiltIn.predicate(
                                "all",
                                "True when every item equals `wanted`.",
                                on -> on.list(0).stream().allMatch(item -> Numbers.equal(item, on.attribute(1))))
                        .taking(LIST, Kind.LIST)
                        .taking("wanted", Kind.ANY),
                BuiltIn.predicate(
                                "contains",
                                "True when an item equals `wanted`.",
                                on -> on.list(0).stream().anyMatch(item -> Numbers.equal(item, on.attribute(1))))
                        .taking(LIST, Kind.LIST)
                        .taking("wanted", Kind.ANY),
                BuiltIn.predicate(
                                "known",
                                "True when no symbol is in a size, or in any size of a list.",
                                on -> known(on.attribute(0)))
                        .taking("sizes", Kind.ANY),
                BuiltIn.predicate(
                                "sorted",
                                "True when each number of a list is larger than the one before it.",
                                on -> {
                                    List<Long> numbers = on.wholes(0);
                                    return IntStream.range(1, numbers.size())
                                            .allMatch(i -> numbers.get(i - 1) < numbers.get(i));
                                })
                        .taking(LIST, Kind.LIST));
    }

    private static ImmutableList<BuiltIn> changed() {
        return ImmutableList.of(
                BuiltIn.of(
                                "range",
                                Kind.LIST,
                                "The numbers `from`, `from + 1`, ... below `to`.",
                                on -> Numbers.ofWholes(IntStream.range(on.whole(0), on.whole(1)).boxed().toList()))
                        .taking("from", Kind.NUMBER)
                        .taking("to", Kind.NUMBER),
                BuiltIn.of(
                                "copies",
                                Kind.LIST,
                                "A list of `count` times `item`.",
                                on -> items(Collections.nCopies(on.whole(1), on.attribute(0))))
                        .taking("item", Kind.ANY)
                        .taking("count", Kind.NUMBER),
                BuiltIn.of(
                                "join",
                                Kind.LIST,
                                "The items of a list, then those of another.",
                                on -> {
                                    var all = new ArrayList<>(on.list(0));
                                    all.addAll(on.list(1));
                                    return items(all);
                                })
                        .taking(LIST, Kind.LIST)
                        .taking(OTHER, Kind.LIST),
                BuiltIn.of(
                                "cut",
                                Kind.LIST,
                                "The items from place `from` to before place `to`; negative places count from the end.",
                                on -> cut(on.list(0), on.whole(1), on.whole(2)))
                        .taking(LIST, Kind.LIST)
                        .taking("from", Kind.NUMBER)
                        .taking("to", Kind.NUMBER));
    }

    private static ImmutableList<BuiltIn> places() {
        return ImmutableList.of(
                BuiltIn.of(
                                "pick",
                                Kind.LIST,
                                "The items at `places`, in their order.",
                                on -> items(on.ints(1).stream().map(place -> item(on.list(0), place)).toList()))
                        .taking(LIST, Kind.LIST)
                        .taking("places", Kind.LIST),
                BuiltIn.of(
                                "without",
                                Kind.LIST,
                                "The items that are not at `places`.",
                                on -> without(on.list(0), on.ints(1)))
                        .taking(LIST, Kind.LIST)
                        .taking("places", Kind.LIST),
                BuiltIn.of(
                                "insert",
                                Kind.LIST,
                                "The list with `item` inserted so that it comes to stand at each of `places`, which are sorted.",
                                on -> insert(on.list(0), on.ints(1), on.attribute(2)))
                        .taking(LIST, Kind.LIST)
                        .taking("places", Kind.LIST)
                        .taking("item", Kind.ANY),
                BuiltIn.of(
                                "with",
                                Kind.LIST,
                                "The list with the item at `place` replaced.",
                                on -> {
                                    var changed = new ArrayList<>(on.list(0));
                                    changed.set(place(changed.size(), on.whole(1)), on.attribute(2));
                                    return items(changed);
                                })
                        .taking(LIST, Kind.LIST)
                        .taking("place", Kind.NUMBER)
                        .taking("item", Kind.ANY));
    }

    private static ImmutableList<BuiltIn> axes() {
        return ImmutableList.of(
                BuiltIn.of(
                                "compose",
                                Kind.LIST,
                                "The permutation that does `first` and then `second`.",
                                on -> items(on.ints(1).stream().map(axis -> item(on.list(0), axis)).toList()))
                        .taking("first", Kind.LIST)
                        .taking("second", Kind.LIST),
                BuiltIn.of(
                                "inverse",
                                Kind.LIST,
                                "The permutation that undoes `perm`.",
                                on -> {
                                    List<Integer> perm = on.ints(0);
                                    return Numbers.ofWholes(
                                            IntStream.range(0, perm.size()).map(perm::indexOf).boxed().toList());
                                })
                        .taking(PERM, Kind.LIST),
                BuiltIn.predicate(
                                "identity",
                                "True when the permutation keeps the order.",
                                on -> on.ints(0).equals(IntStream.range(0, on.list(0).size()).boxed().toList()))
                        .taking(PERM, Kind.LIST),
                BuiltIn.predicate(
                                "trailing",
                                "True when `axes` are the last axes of `rank`, in order, and at least one.",
                                on -> {
                                    int first = on.whole(1) - on.list(0).size();
                                    return first < on.whole(1)
                                            && on.ints(0).equals(IntStream.range(first, on.whole(1)).boxed().toList());
                                })
                        .taking(AXES, Kind.LIST)
                        .taking("rank", Kind.NUMBER));
    }

    private static ImmutableList<BuiltIn> sets() {
        return ImmutableList.of(
                BuiltIn.predicate(
                                "disjoint",
                                "True when no item is in both lists.",
                                on -> Collections.disjoint(on.wholes(0), on.wholes(1)))
                        .taking(LIST, Kind.LIST)
                        .taking(OTHER, Kind.LIST),
                BuiltIn.of(
                                "union",
                                Kind.LIST,
                                "The numbers that are in one of the lists, in ascending order.",
                                on -> {
                                    var all = new java.util.TreeSet<>(on.wholes(0));
                                    all.addAll(on.wholes(1));
                                    return Numbers.ofWholes(ImmutableList.copyOf(all));
                                })
                        .taking(LIST, Kind.LIST)
                        .taking(OTHER, Kind.LIST),
                BuiltIn.of(
                                "sort",
                                Kind.LIST,
                                "The numbers in ascending order.",
                                on -> Numbers.ofWholes(on.wholes(0).stream().sorted().toList()))
                        .taking(LIST, Kind.LIST));
    }

    private static ImmutableList<BuiltIn> shapes() {
        return ImmutableList.of(
                BuiltIn.of(
                                "broadcast",
                                Kind.LIST,
                                "The shape that two shapes broadcast to.",
                                on ->
                                        Numbers.ofSizes(
                                                Shape.broadcast(new Shape(on.sizes(0)), new Shape(on.sizes(1))).dims()))
                        .taking("shape", Kind.LIST)
                        .taking(OTHER, Kind.LIST),
                BuiltIn.predicate(
                                "fits",
                                "True when a shape broadcasts to `other` without enlarging it.",
                                on -> broadcasts(on.sizes(0), on.sizes(1)))
                        .taking("shape", Kind.LIST)
                        .taking(OTHER, Kind.LIST),
                BuiltIn.of(
                                "core",
                                Kind.LIST,
                                "A shape without as many of the sizes 1 at its front as it has more than `count` sizes.",
                                on -> core(on.list(0), on.whole(1)))
                        .taking("shape", Kind.LIST)
                        .taking("count", Kind.NUMBER),
                BuiltIn.of(
                                "ones",
                                Kind.NUMBER,
                                "How many sizes at the front of a shape are 1.",
                                on -> Numbers.of(leadingOnes(on.sizes(0))))
                        .taking("shape", Kind.LIST));
    }

    private static Attribute core(List<Attribute> shape, int count) {
        int more = Math.max(0, shape.size() - count);
        if (!shape.subList(0, more).stream().allMatch(size -> Numbers.equal(size, Numbers.of(1)))) {
            throw new Inapplicable("one of the first %d sizes is not 1".formatted(more));
        }
        return items(shape.subList(more, shape.size()));
    }

    private static Attribute items(List<Attribute> items) {
        return new Attribute.Items(ImmutableList.copyOf(items));
    }

    private static int place(int size, int place) {
        int counted = place < 0 ? place + size : place;
        if (counted < 0 || counted >= size) {
            throw new Inapplicable("a list of %d items has none at %d".formatted(size, place));
        }
        return counted;
    }

    private static Attribute item(List<Attribute> list, int place) {
        return list.get(place(list.size(), place));
    }

    private static Attribute cut(List<Attribute> list, int from, int to) {
        int start = from < 0 ? from + list.size() : from;
        int end = to < 0 ? to + list.size() : to;
        if (start < 0 || start > end || end > list.size()) {
            throw new Inapplicable("a list of %d items is cut from %d to %d".formatted(list.size(), from, to));
        }
        return items(list.subList(start, end));
    }

    private static Attribute without(List<Attribute> list, List<Integer> places) {
        var gone = places.stream().map(place -> place(list.size(), place)).toList();
        return items(IntStream.range(0, list.size()).filter(i -> !gone.contains(i)).mapToObj(list::get).toList());
    }

    private static Attribute insert(List<Attribute> list, List<Integer> places, Attribute item) {
        var longer = new ArrayList<>(list);
        for (int place : places) {
            if (place < 0 || place > longer.size()) {
                throw new Inapplicable("a list of %d items has no place %d".formatted(longer.size(), place));
            }
            longer.add(place, item);
        }
        return items(longer);
    }

    private static Dim sum(List<Dim> sizes) {
        return sizes.stream().reduce(Dim.ZERO, Dim::plus);
    }

    private static boolean known(Attribute attribute) {
        return Attributes.canonical(attribute) instanceof Attribute.Items(var items)
                ? items.stream().allMatch(ListFunctions::known)
                : !(Attributes.canonical(attribute) instanceof Attribute.Size);
    }

    private static int leadingOnes(List<Dim> shape) {
        return (int) shape.stream().takeWhile(size -> size.is(1)).count();
    }

    /// True when each size is 1 or that of the target, counted from the end.
    static boolean broadcasts(List<Dim> shape, List<Dim> target) {
        int lead = target.size() - shape.size();
        return lead >= 0
                && IntStream.range(0, shape.size())
                        .allMatch(i -> shape.get(i).is(1) || shape.get(i).equals(target.get(lead + i)));
    }
}
