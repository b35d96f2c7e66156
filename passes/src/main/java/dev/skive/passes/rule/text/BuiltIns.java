package dev.skive.passes.rule.text;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import java.util.stream.Stream;

/// Every function that rules can call, by name. The reference in `docs/rules.md` lists exactly these.
public final class BuiltIns {
    /// The functions.
    public static final ImmutableSortedMap<String, BuiltIn> ALL =
            Stream.of(ValueFunctions.ALL, ListFunctions.ALL, NumberFunctions.ALL, ElementFunctions.ALL)
                    .flatMap(ImmutableList::stream)
                    .collect(
                            ImmutableSortedMap.toImmutableSortedMap(
                                    String::compareTo, BuiltIn::name, function -> function));

    private BuiltIns() {}
}
