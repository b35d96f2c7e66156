package dev.skive.codegen.weights;

import com.google.common.collect.ImmutableList;
import dev.skive.codegen.memory.MemoryPlan;
import dev.skive.codegen.plan.Buffer;
import dev.skive.codegen.plan.KernelPlan;
import dev.skive.codegen.plan.Storage;
import dev.skive.codegen.plan.Weight;
import dev.skive.ir.data.Elements;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.type.ElementType;
import dev.skive.runtime.ElementKind;
import dev.skive.runtime.Memory;
import dev.skive.runtime.WeightsWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What goes into the weights file of a model: for each compiled part its weights by number, then its small constants, one
/// array per storage.
///
/// @param parts the compiled parts of the model
/// @param floatLanes vector width the weights are packed for
public record ModelWeights(ImmutableList<Part> parts, int floatLanes) {
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final int VECTORS_PER_PANEL = 2;
    private static final int WIDEST_PANEL = 32;

    /// A compiled part.
    ///
    /// @param plan the plan
    /// @param memory where the constants lie in their arrays
    public record Part(KernelPlan plan, MemoryPlan memory) {
        /// The number of entries it has in the file.
        public int entries() {
            return plan.weights().size() + (int) Arrays.stream(Storage.values()).filter(this::has).count();
        }

        private boolean has(Storage storage) {
            return memory.constants().keySet().stream().anyMatch(buffer -> buffer.storage() == storage);
        }
    }

    /// The digest of the file.
    public String sha256() {
        try {
            return write(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Writes the file.
    ///
    /// @return its digest
    public String write(OutputStream out) throws IOException {
        var writer = new WeightsWriter(VECTORS_PER_PANEL * floatLanes);
        parts.forEach(part -> add(writer, part));
        return writer.write(out);
    }

    private static void add(WeightsWriter writer, Part part) {
        for (Weight weight : part.plan.weights()) {
            add(writer, weight);
        }
        for (Storage storage : Storage.values()) {
            List<Map.Entry<Buffer, Integer>> constants =
                    part.memory.constants().entrySet().stream()
                            .filter(entry -> entry.getKey().storage() == storage)
                            .toList();
            if (!constants.isEmpty()) {
                addConstants(writer, storage, constants);
            }
        }
    }

    private static void add(WeightsWriter writer, Weight weight) {
        TensorData data = weight.data();
        long rows = data.sizes()[0];
        long columns = data.sizes()[1];
        switch (weight.layout()) {
            case PANELS ->
                    narrow(data)
                            .ifPresentOrElse(
                                    bytes -> writer.addNarrowPanels(weight.name(), rows, columns, bytes),
                                    () -> writer.addPanels(weight.name(), rows, columns, data.bytes()));
            case TABLE -> writer.addRaw(weight.name(), ElementKind.F32, rows, columns, data.bytes());
        }
    }

    /// A matrix of floats as bytes, when all of them are integers from -128 to 127 and none is a negative zero; weights of
    /// quantized models are.
    private static Optional<MemorySegment> narrow(TensorData data) {
        MemorySegment floats = data.bytes();
        byte[] bytes = new byte[Math.toIntExact(floats.byteSize() / Float.BYTES)];
        for (int i = 0; i < bytes.length; i++) {
            float value = floats.get(FLOAT, (long) i * Float.BYTES);
            bytes[i] = (byte) value;
            if (Float.floatToRawIntBits(bytes[i]) != Float.floatToRawIntBits(value)) {
                return Optional.empty();
            }
        }
        return Optional.of(MemorySegment.ofArray(bytes));
    }

    /// The array of a storage, with room at the end for kernels that read a whole panel.
    private static void addConstants(
            WeightsWriter writer, Storage storage, List<Map.Entry<Buffer, Integer>> constants) {
        long end =
                constants.stream()
                        .mapToLong(entry -> entry.getValue() + entry.getKey().count().known())
                        .max()
                        .orElse(0);
        long count = end + WIDEST_PANEL;
        MemorySegment array = Arena.ofAuto().allocate(count * storage.bytes(), Long.BYTES);
        for (Map.Entry<Buffer, Integer> entry : constants) {
            TensorData data = entry.getKey().constant().orElseThrow();
            long start = (long) entry.getValue() * storage.bytes();
            if (data.element().bits() < Byte.SIZE) {
                unpack(data, array, start);
            } else {
                MemorySegment.copy(data.bytes(), 0, array, start, data.bytes().byteSize());
            }
        }
        writer.addRaw(Memory.CONSTANTS + storage.field(), kind(storage), 1, count, array);
    }

    /// Elements of 4 or 2 bits, one per byte: integers as they are, floats their bits.
    private static void unpack(TensorData data, MemorySegment array, long start) {
        ElementType element = data.element();
        for (long i = 0; i < data.count(); i++) {
            long value = element.isReal() ? Elements.bits(element, data.bytes(), i) : data.getLong(i);
            array.set(ValueLayout.JAVA_BYTE, start + i, (byte) value);
        }
    }

    private static ElementKind kind(Storage storage) {
        ElementType element =
                switch (storage) {
                    case FLOAT -> ElementType.FLOAT32;
                    case DOUBLE -> ElementType.FLOAT64;
                    case LONG -> ElementType.INT64;
                    case INT -> ElementType.INT32;
                    case SHORT -> ElementType.INT16;
                    case BYTE -> ElementType.INT8;
                };
        return ElementKind.of(element.text());
    }
}
