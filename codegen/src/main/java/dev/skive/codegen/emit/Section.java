package dev.skive.codegen.emit;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;

/// A part of a run: calls in a row, or the same calls several times with other arguments, as identical layers are.
///
/// @param instances the repetitions, each with as many calls as the first
record Section(ImmutableList<ImmutableList<Call>> instances) {
    private static final int SHORTEST_LAYER = 2;

    /// The calls of the first repetition.
    ImmutableList<Call> first() {
        return instances.getFirst();
    }

    /// True when there is more than one repetition.
    boolean isRepeated() {
        return instances.size() > 1;
    }

    /// Splits a run into sections so that as few calls as possible stand in the source.
    static ImmutableList<Section> split(List<Call> calls) {
        if (calls.isEmpty()) {
            return ImmutableList.of();
        }
        Run best = best(calls);
        if (best.count < 2) {
            return ImmutableList.of(new Section(ImmutableList.of(ImmutableList.copyOf(calls))));
        }
        var instances = ImmutableList.<ImmutableList<Call>>builder();
        for (int i = 0; i < best.count; i++) {
            int from = best.start + i * best.period;
            instances.add(ImmutableList.copyOf(calls.subList(from, from + best.period)));
        }
        return ImmutableList.<Section>builder()
                .addAll(split(calls.subList(0, best.start)))
                .add(new Section(instances.build()))
                .addAll(split(calls.subList(best.start + best.period * best.count, calls.size())))
                .build();
    }

    private record Run(int start, int period, int count) {
        int saved() {
            return (count - 1) * period;
        }
    }

    private static Run best(List<Call> calls) {
        var best = new Run(0, 0, 1);
        List<String> methods = new ArrayList<>(calls.stream().map(Call::method).toList());
        for (int period = SHORTEST_LAYER; period <= methods.size() / 2; period++) {
            for (int start = 0; start + 2 * period <= methods.size(); start++) {
                var run = new Run(start, period, repetitions(methods, start, period));
                best = run.count > 1 && run.saved() > best.saved() ? run : best;
            }
        }
        return best;
    }

    private static int repetitions(List<String> methods, int start, int period) {
        int same = 0;
        while (start + period + same < methods.size()
                && methods.get(start + same).equals(methods.get(start + period + same))) {
            same++;
        }
        return 1 + same / period;
    }
}
