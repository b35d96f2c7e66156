package dev.skive.frontend.weights;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.google.common.collect.ImmutableList;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.file.ReplacedFile;
import dev.skive.ir.type.ElementType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/// Writes safetensors files.
///
/// @param tensors by name
record SafetensorsWriter(Map<String, TensorData> tensors) {
    /// The elements begin at a multiple of this.
    private static final int ALIGNMENT = 8;

    private static final Comparator<Map.Entry<String, TensorData>> ORDER =
            Comparator.comparingInt((Map.Entry<String, TensorData> entry) -> -entry.getValue().element().bits())
                    .thenComparing(Map.Entry::getKey);

    void write(Path path) {
        for (Map.Entry<String, TensorData> entry : tensors.entrySet()) {
            if (entry.getValue().element() == ElementType.STRING || entry.getKey().equals(SafetensorsParser.METADATA)) {
                throw new SkiveException(
                        ExitCode.INVALID_MODEL,
                        "tensor '%s' of %s cannot be kept in a safetensors file"
                                .formatted(entry.getKey(), entry.getValue()));
            }
        }
        if (Files.isSymbolicLink(path)) {
            throw new SkiveException(
                    ExitCode.REFUSED, "'%s' is a symbolic link; weights are not written through links".formatted(path));
        }
        ImmutableList<Map.Entry<String, TensorData>> ordered = ImmutableList.sortedCopyOf(ORDER, tensors.entrySet());
        try (var file = new ReplacedFile(path)) {
            byte[] header = header(ordered);
            ByteBuffer length =
                    ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(0, header.length);
            ReplacedFile.copy(MemorySegment.ofBuffer(length), file.channel());
            ReplacedFile.copy(MemorySegment.ofArray(header), file.channel());
            for (Map.Entry<String, TensorData> entry : ordered) {
                ReplacedFile.copy(entry.getValue().bytes(), file.channel());
            }
            file.commit();
        } catch (IOException e) {
            throw new SkiveException(ExitCode.IO, "cannot write '%s': %s".formatted(path, e.getMessage()), e);
        }
    }

    /// The header, with spaces at its end so that what follows is aligned.
    private byte[] header(ImmutableList<Map.Entry<String, TensorData>> ordered) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
            json.writeStartObject();
            Map<String, String> metadata = SafetensorsType.metadata(tensors);
            if (!metadata.isEmpty()) {
                json.writeObjectFieldStart(SafetensorsParser.METADATA);
                for (Map.Entry<String, String> entry : metadata.entrySet()) {
                    json.writeStringField(entry.getKey(), entry.getValue());
                }
                json.writeEndObject();
            }
            long offset = 0;
            for (Map.Entry<String, TensorData> entry : ordered) {
                json.writeObjectFieldStart(entry.getKey());
                tensor(json, entry.getValue(), offset);
                json.writeEndObject();
                offset += entry.getValue().bytes().byteSize();
            }
            json.writeEndObject();
        }
        while (bytes.size() % ALIGNMENT != 0) {
            bytes.write(' ');
        }
        return bytes.toByteArray();
    }

    private static void tensor(JsonGenerator json, TensorData data, long offset) throws IOException {
        Optional<String> type = SafetensorsType.name(data);
        long size = data.bytes().byteSize();
        json.writeStringField("dtype", type.orElse("U8"));
        numbers(json, "shape", type.isPresent() ? data.sizes() : new long[] {size});
        numbers(json, "data_offsets", offset, offset + size);
    }

    private static void numbers(JsonGenerator json, String field, long... numbers) throws IOException {
        json.writeFieldName(field);
        json.writeArray(numbers, 0, numbers.length);
    }
}
