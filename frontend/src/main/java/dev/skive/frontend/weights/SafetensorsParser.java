package dev.skive.frontend.weights;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableLongArray;
import dev.skive.frontend.weights.SafetensorsHeader.Entry;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.type.ElementType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the header of a safetensors file, which is JSON: an object by tensor with exactly the fields `dtype`, `shape` and
/// `data_offsets`, and perhaps `__metadata__` with texts. It is read token by token, so that its size is all it costs.
///
/// @param where names the file in messages
record SafetensorsParser(String where) {
    static final String METADATA = "__metadata__";
    private static final int MAXIMUM_NAME = 4096;
    private static final int MAXIMUM_TEXT = 1 << 24;
    private static final int MAXIMUM_TENSORS = 1_000_000;
    private static final int MAXIMUM_RANK = 64;

    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(4)
                                    .maxNameLength(MAXIMUM_NAME)
                                    .maxStringLength(MAXIMUM_TEXT)
                                    .maxNumberLength(20)
                                    .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                    .build();

    /// Reads a header.
    ///
    /// @throws SkiveException when it is not what the format prescribes
    SafetensorsHeader parse(byte[] text) {
        if (text.length == 0 || text[0] != '{') {
            throw invalid("the header does not begin with '{'");
        }
        try (JsonParser json = JSON.createParser(decoded(text))) {
            json.nextToken();
            SafetensorsHeader header = header(json);
            if (json.nextToken() != null) {
                throw invalid("the header goes on after its end");
            }
            return header;
        } catch (JsonProcessingException e) {
            throw new SkiveException(
                    ExitCode.INVALID_MODEL,
                    "%s: the header is not JSON: %s".formatted(where, e.getOriginalMessage()),
                    e);
        } catch (CharacterCodingException e) {
            throw new SkiveException(ExitCode.INVALID_MODEL, "%s: the header is not UTF-8".formatted(where), e);
        } catch (IOException e) {
            throw new AssertionError("reading from memory cannot fail", e);
        }
    }

    /// The text, once all of it is known to be UTF-8; a parser of bytes is more lenient.
    private static String decoded(byte[] text) throws CharacterCodingException {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text)).toString();
    }

    private SafetensorsHeader header(JsonParser json) throws IOException {
        var entries = ImmutableList.<Entry>builder();
        Map<String, String> metadata = new HashMap<>();
        for (int count = 0; json.nextToken() == JsonToken.FIELD_NAME; count++) {
            String name = json.currentName();
            if (count > MAXIMUM_TENSORS) {
                throw new SkiveException(
                        ExitCode.REFUSED, "%s: more than %d tensors".formatted(where, MAXIMUM_TENSORS));
            }
            require(json.nextToken() == JsonToken.START_OBJECT, name, "must be an object");
            if (name.equals(METADATA)) {
                while (json.nextToken() == JsonToken.FIELD_NAME) {
                    String key = json.currentName();
                    require(json.nextToken() == JsonToken.VALUE_STRING, METADATA, "must hold texts only");
                    metadata.put(key, json.getText());
                }
            } else {
                entries.add(entry(json, name));
            }
        }
        return new SafetensorsHeader(entries.build(), ImmutableMap.copyOf(metadata));
    }

    private Entry entry(JsonParser json, String name) throws IOException {
        String type = null;
        ImmutableLongArray sizes = null;
        ImmutableLongArray offsets = null;
        Set<String> unknown = new HashSet<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            switch (field) {
                case "dtype" -> type = type(json, name);
                case "shape" -> sizes = numbers(json, name, field, MAXIMUM_RANK);
                case "data_offsets" -> offsets = numbers(json, name, field, 2);
                default -> {
                    unknown.add(field);
                    json.skipChildren();
                }
            }
        }
        require(unknown.isEmpty(), name, "has the unknown fields %s".formatted(unknown));
        require(type != null && sizes != null && offsets != null, name, "needs dtype, shape and data_offsets");
        return entry(name, type, sizes, offsets);
    }

    private Entry entry(
            String name,
            @Nullable String type,
            @Nullable ImmutableLongArray sizes,
            @Nullable ImmutableLongArray offsets) {
        ElementType element = type == null ? null : SafetensorsType.of(type);
        if (element == null || sizes == null || offsets == null) {
            throw tensor(name, "elements of type '%s' are not read, only %s".formatted(type, SafetensorsType.names()));
        }
        require(offsets.length() == 2, name, "needs two data_offsets");
        long begin = offsets.get(0);
        long end = offsets.get(1);
        require(begin <= end, name, "ends at byte %d, before it begins at %d".formatted(end, begin));
        try {
            long count = sizes.stream().reduce(1, Math::multiplyExact);
            long bits = Math.multiplyExact(count, (long) element.bits());
            require(bits % Byte.SIZE == 0, name, "of %s%s does not end at a whole byte".formatted(type, sizes));
            require(
                    bits / Byte.SIZE == end - begin,
                    name,
                    "of %s%s takes %d bytes, found %d".formatted(type, sizes, bits / Byte.SIZE, end - begin));
        } catch (ArithmeticException e) {
            throw tensor(name, "has sizes that overflow: %s".formatted(sizes));
        }
        return new Entry(name, element, sizes, begin, end);
    }

    private String type(JsonParser json, String name) throws IOException {
        require(json.currentToken() == JsonToken.VALUE_STRING, name, "has a dtype that is not a text");
        return json.getText();
    }

    private ImmutableLongArray numbers(JsonParser json, String name, String field, int most) throws IOException {
        require(json.currentToken() == JsonToken.START_ARRAY, name, "has a %s that is not a list".formatted(field));
        var numbers = ImmutableLongArray.builder();
        for (int count = 0; json.nextToken() != JsonToken.END_ARRAY; count++) {
            boolean whole = json.currentToken() == JsonToken.VALUE_NUMBER_INT && count < most;
            require(
                    whole && json.getNumberType() != JsonParser.NumberType.BIG_INTEGER && json.getLongValue() >= 0,
                    name,
                    "has a %s that is not a list of at most %d sizes".formatted(field, most));
            numbers.add(json.getLongValue());
        }
        return numbers.build();
    }

    private void require(boolean holds, String name, String problem) {
        if (!holds) {
            throw tensor(name, problem);
        }
    }

    private SkiveException tensor(String name, String problem) {
        return invalid("tensor '%s' %s".formatted(name, problem));
    }

    private SkiveException invalid(String problem) {
        return new SkiveException(ExitCode.INVALID_MODEL, "%s: %s".formatted(where, problem));
    }
}
