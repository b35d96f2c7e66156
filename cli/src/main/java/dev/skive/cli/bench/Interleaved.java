package dev.skive.cli.bench;

import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ListMultimap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Random;

/// Measures contenders that take turns in one process, so that whatever else slows the machine down slows all of them.
///
/// A turn is several calls of one contender, with a pause before it in which threads that spin come to rest. The first
/// call of a turn is not counted: it brings the contender's weights back into the caches. The order of the turns is drawn
/// again each round.
///
/// @param effort how much time to take
/// @param random draws the orders
public record Interleaved(Effort effort, Random random) {
    private static final Duration PAUSE = Duration.ofMillis(10);
    private static final int LEAST_CALLS = 4;
    private static final int STEADY_TURNS = 3;
    private static final double STEADY_RANGE = 1.03;

    /// The times of each contender by name.
    ///
    /// @param afterRound runs after each round
    public ImmutableMap<String, Timing> measure(List<Contender> contenders, Runnable afterRound) {
        ListMultimap<String, Long> times = ArrayListMultimap.create();
        warmUp(contenders);
        var order = new ArrayList<>(contenders);
        for (int round = 0; round < effort.rounds(); round++) {
            Collections.shuffle(order, random);
            order.forEach(contender -> times.putAll(contender.name(), turn(contender)));
            afterRound.run();
        }
        return contenders.stream()
                .collect(
                        ImmutableMap.toImmutableMap(
                                Contender::name, contender -> Timing.of(times.get(contender.name()))));
    }

    /// Runs turns until those of every contender take the same time one after the other, or patience ends.
    private void warmUp(List<Contender> contenders) {
        var history = new HashMap<String, List<Double>>();
        var spent = Duration.ZERO;
        boolean steady = false;
        while (spent.compareTo(effort.patience()) < 0 && !steady) {
            long start = System.nanoTime();
            for (Contender contender : contenders) {
                history.computeIfAbsent(contender.name(), name -> new ArrayList<>())
                        .add(Timing.median(turn(contender)));
            }
            spent = spent.plusNanos((System.nanoTime() - start) / contenders.size());
            steady = spent.compareTo(effort.warmUp()) >= 0 && history.values().stream().allMatch(Interleaved::isSteady);
        }
    }

    private static boolean isSteady(List<Double> medians) {
        if (medians.size() < STEADY_TURNS) {
            return false;
        }
        List<Double> last = medians.subList(medians.size() - STEADY_TURNS, medians.size());
        return Collections.max(last) <= Collections.min(last) * STEADY_RANGE;
    }

    private List<Long> turn(Contender contender) {
        pause();
        contender.call().run();
        var times = new ArrayList<Long>();
        long start = System.nanoTime();
        long now = start;
        while (times.size() < LEAST_CALLS || now - start < effort.turn().toNanos()) {
            contender.call().run();
            long end = System.nanoTime();
            times.add(end - now);
            now = end;
        }
        return times;
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while measuring", e);
        }
    }
}
