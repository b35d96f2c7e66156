package dev.skive.codegen.memory;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.skive.codegen.plan.Buffer;
import dev.skive.codegen.plan.Kernel;
import dev.skive.codegen.plan.KernelPlan;
import dev.skive.codegen.plan.Storage;
import dev.skive.codegen.plan.View;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Where every buffer of a plan lies: temporaries in slots that are reused once their last reader has run, constants
/// one after the other in arrays of their own. Sizes are symbolic, so a temporary moves into a free slot of equal size
/// if there is one, and otherwise gets a new slot.
///
/// @param slots all slots
/// @param placement the slot of each temporary
/// @param constants the offset of each constant in the array of its storage
public record MemoryPlan(
        ImmutableList<Slot> slots, ImmutableMap<Buffer, Slot> placement, ImmutableMap<Buffer, Integer> constants) {
    private static final int ALIGNMENT = 16;

    /// The memory plan of a kernel plan.
    public static MemoryPlan of(KernelPlan plan) {
        var constants = new LinkedHashMap<Buffer, Integer>();
        var ends = new HashMap<Storage, Integer>();
        for (Kernel kernel : plan.kernels()) {
            kernel.reads().forEach(view -> placeConstant(view.buffer(), constants, ends));
        }
        plan.outputs().forEach(port -> placeConstant(port.view().buffer(), constants, ends));
        var assignment = new Assignment(plan);
        return new MemoryPlan(
                ImmutableList.copyOf(assignment.slots),
                ImmutableMap.copyOf(assignment.placement),
                ImmutableMap.copyOf(constants));
    }

    private static void placeConstant(Buffer buffer, Map<Buffer, Integer> constants, Map<Storage, Integer> ends) {
        if (buffer.isConstant() && !constants.containsKey(buffer)) {
            int start = ends.getOrDefault(buffer.storage(), 0);
            constants.put(buffer, start);
            long end = start + buffer.count().known();
            ends.put(buffer.storage(), Math.toIntExact(Math.ceilDiv(end, ALIGNMENT) * ALIGNMENT));
        }
    }

    /// The slots of an array.
    public ImmutableList<Slot> slots(Storage storage) {
        return slots.stream().filter(slot -> slot.storage() == storage).collect(ImmutableList.toImmutableList());
    }

    private static final class Assignment {
        private final List<Slot> slots = new ArrayList<>();
        private final Map<Buffer, Slot> placement = new LinkedHashMap<>();
        private final Map<Buffer, Integer> lastUse = new HashMap<>();
        private final List<Slot> free = new ArrayList<>();

        private Assignment(KernelPlan plan) {
            for (int i = 0; i < plan.kernels().size(); i++) {
                for (View view : plan.kernels().get(i).reads()) {
                    lastUse.put(view.buffer(), i);
                }
                lastUse.merge(plan.kernels().get(i).write().buffer(), i, Math::max);
            }
            plan.inputs().forEach(port -> lastUse.putIfAbsent(port.view().buffer(), -1));
            plan.outputs().forEach(port -> lastUse.put(port.view().buffer(), Integer.MAX_VALUE));
            plan.inputs().forEach(port -> place(port.view().buffer()));
            for (int i = 0; i < plan.kernels().size(); i++) {
                place(plan.kernels().get(i).write().buffer());
                release(i);
            }
        }

        private void place(Buffer buffer) {
            if (buffer.isConstant() || placement.containsKey(buffer)) {
                return;
            }
            Slot slot =
                    free.stream()
                            .filter(candidate ->
                                    candidate.storage() == buffer.storage() && candidate.size().equals(buffer.count()))
                            .findFirst()
                            .orElseGet(() -> newSlot(buffer));
            free.remove(slot);
            placement.put(buffer, slot);
        }

        private Slot newSlot(Buffer buffer) {
            int index = (int) slots.stream().filter(slot -> slot.storage() == buffer.storage()).count();
            var slot = new Slot(buffer.storage(), index, buffer.count());
            slots.add(slot);
            return slot;
        }

        private void release(int kernel) {
            placement.forEach((buffer, slot) -> {
                if (lastUse.getOrDefault(buffer, Integer.MAX_VALUE) == kernel) {
                    free.add(slot);
                }
            });
            free.sort((a, b) -> Integer.compare(slots.indexOf(a), slots.indexOf(b)));
        }
    }
}
