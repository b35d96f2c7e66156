package dev.skive.codegen.memory;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import dev.skive.codegen.TinyEncoder;
import dev.skive.codegen.plan.Buffer;
import dev.skive.codegen.plan.KernelPlan;
import dev.skive.codegen.plan.Planner;
import dev.skive.codegen.plan.Storage;
import dev.skive.codegen.plan.View;
import dev.skive.ir.graph.RandomGraphs;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

final class MemoryPlanTest {
    private static Slot slot(MemoryPlan memory, Buffer buffer) {
        return Optional.ofNullable(memory.placement().get(buffer)).orElseThrow();
    }

    /// The temporaries whose contents are still needed when each kernel has read its operands and writes, found from
    /// the end backwards.
    private static List<Set<Buffer>> live(KernelPlan plan) {
        var needed = new HashSet<Buffer>();
        plan.outputs().forEach(port -> needed.add(port.view().buffer()));
        var live = new ArrayList<Set<Buffer>>();
        for (int i = plan.kernels().size() - 1; i >= 0; i--) {
            Buffer written = plan.kernels().get(i).write().buffer();
            needed.add(written);
            plan.kernels().get(i).reads().stream().map(View::buffer).forEach(needed::add);
            needed.removeIf(Buffer::isConstant);
            live.addFirst(Set.copyOf(needed));
            boolean isFirst =
                    plan.kernels().subList(0, i).stream().noneMatch(before -> before.write().buffer().equals(written));
            if (isFirst) {
                needed.remove(written);
            }
        }
        return live;
    }

    private static void checkNoOverlap(KernelPlan plan) {
        MemoryPlan memory = MemoryPlan.of(plan);
        for (Set<Buffer> together : live(plan)) {
            var taken = new HashMap<Slot, Buffer>();
            for (Buffer buffer : together) {
                Slot slot = slot(memory, buffer);
                assertThat(slot.size()).isEqualTo(buffer.count());
                assertThat(slot.storage()).isEqualTo(buffer.storage());
                assertThat(taken.put(slot, buffer)).as("buffer that shares %s with %s", slot, buffer).isNull();
            }
        }
    }

    @Property(tries = 300)
    void liveBuffersNeverShareASlot(@ForAll("seeds") long seed) {
        checkNoOverlap(Planner.plan(RandomGraphs.graph(seed)));
    }

    @Provide
    Arbitrary<Long> seeds() {
        return RandomGraphs.seeds();
    }

    @Property(tries = 300)
    void constantsLieBehindEachOther(@ForAll("seeds") long seed) {
        MemoryPlan memory = MemoryPlan.of(Planner.plan(RandomGraphs.graph(seed)));
        Map<Storage, List<Map.Entry<Buffer, Integer>>> byStorage = new HashMap<>();
        memory.constants()
                .entrySet()
                .forEach(entry ->
                        byStorage.computeIfAbsent(entry.getKey().storage(), storage -> new ArrayList<>()).add(entry));
        for (List<Map.Entry<Buffer, Integer>> constants : byStorage.values()) {
            constants.sort(Map.Entry.comparingByValue());
            for (int i = 1; i < constants.size(); i++) {
                var before = constants.get(i - 1);
                assertThat(constants.get(i).getValue())
                        .isGreaterThanOrEqualTo((int) (before.getValue() + before.getKey().count().known()));
            }
        }
    }

    @Test
    void layersShareTheirSlots() {
        KernelPlan two = Planner.plan(TinyEncoder.graph("two", 2));
        KernelPlan nine = Planner.plan(TinyEncoder.graph("nine", 9));
        checkNoOverlap(nine);
        assertThat(MemoryPlan.of(nine).slots()).hasSameSizeAs(MemoryPlan.of(two).slots());
    }

    @Test
    void slotsAreNumberedPerStorage() {
        MemoryPlan memory = MemoryPlan.of(Planner.plan(TinyEncoder.graph("two", 2)));
        for (Storage storage : Storage.values()) {
            ImmutableList<Slot> slots = memory.slots(storage);
            for (int i = 0; i < slots.size(); i++) {
                assertThat(slots.get(i).index()).isEqualTo(i);
            }
        }
    }
}
