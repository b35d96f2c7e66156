package dev.skive.frontend.weights;

import com.google.common.collect.ImmutableBiMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.primitives.Longs;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.type.ElementType;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The element types of safetensors files.
///
/// Some tensors have no type there: integers of less than 8 bits, `c128`, and elements that do not end at a whole byte. Their
/// bytes are kept as a list of `U8`, and the metadata says under `skive.type.NAME` what they are, `i4[3,5]` for example.
final class SafetensorsType {
    private static final ImmutableBiMap<String, ElementType> TYPES =
            ImmutableBiMap.<String, ElementType>builder()
                    .put("BOOL", ElementType.BOOL)
                    .put("F4", ElementType.FLOAT4E2M1)
                    .put("F8_E4M3", ElementType.FLOAT8E4M3FN)
                    .put("F8_E4M3FNUZ", ElementType.FLOAT8E4M3FNUZ)
                    .put("F8_E5M2", ElementType.FLOAT8E5M2)
                    .put("F8_E5M2FNUZ", ElementType.FLOAT8E5M2FNUZ)
                    .put("F8_E8M0", ElementType.FLOAT8E8M0)
                    .put("F16", ElementType.FLOAT16)
                    .put("BF16", ElementType.BFLOAT16)
                    .put("F32", ElementType.FLOAT32)
                    .put("F64", ElementType.FLOAT64)
                    .put("C64", ElementType.COMPLEX64)
                    .put("I8", ElementType.INT8)
                    .put("I16", ElementType.INT16)
                    .put("I32", ElementType.INT32)
                    .put("I64", ElementType.INT64)
                    .put("U8", ElementType.UINT8)
                    .put("U16", ElementType.UINT16)
                    .put("U32", ElementType.UINT32)
                    .put("U64", ElementType.UINT64)
                    .buildOrThrow();

    private static final String KEY = "skive.type.";
    private static final Pattern STORED = Pattern.compile("([a-z0-9]+)\\[((?:[0-9]+(?:,[0-9]+)*)?)\\]");

    private SafetensorsType() {}

    /// The type with this name in files.
    static @Nullable ElementType of(String name) {
        return TYPES.get(name);
    }

    /// The names in files.
    static ImmutableSet<String> names() {
        return TYPES.keySet();
    }

    /// The name in files of a tensor's type, if it has one.
    static Optional<String> name(TensorData data) {
        boolean isWhole = data.count() * data.element().bits() % Byte.SIZE == 0;
        return isWhole ? Optional.ofNullable(TYPES.inverse().get(data.element())) : Optional.empty();
    }

    /// What the metadata says of the tensors whose types have no name in files.
    static ImmutableSortedMap<String, String> metadata(Map<String, TensorData> tensors) {
        return tensors.entrySet().stream()
                .filter(entry -> name(entry.getValue()).isEmpty())
                .collect(
                        ImmutableSortedMap.toImmutableSortedMap(
                                Comparator.naturalOrder(),
                                entry -> KEY + entry.getKey(),
                                entry -> text(entry.getValue())));
    }

    private static String text(TensorData data) {
        return Arrays.stream(data.sizes())
                .mapToObj(Long::toString)
                .collect(Collectors.joining(",", data.element().text() + "[", "]"));
    }

    /// A tensor as the metadata says it is.
    ///
    /// @throws IllegalArgumentException when the bytes are not that
    static TensorData restored(String name, TensorData stored, Map<String, String> metadata) {
        String type = metadata.get(KEY + name);
        if (type == null) {
            return stored;
        }
        Matcher parts = STORED.matcher(type);
        Optional<ElementType> element = parts.matches() ? ElementType.parse(parts.group(1)) : Optional.empty();
        if (element.isEmpty() || stored.element() != ElementType.UINT8) {
            throw new IllegalArgumentException("%s is stored as %s".formatted(type, stored));
        }
        return TensorData.wrap(element.get(), sizes(parts.group(2)), stored.bytes());
    }

    private static long[] sizes(String text) {
        return Arrays.stream(text.split(",", -1))
                .filter(size -> !size.isEmpty())
                .mapToLong(size ->
                        Optional.ofNullable(Longs.tryParse(size))
                                .orElseThrow(() -> new IllegalArgumentException("size " + size + " overflows")))
                .toArray();
    }
}
