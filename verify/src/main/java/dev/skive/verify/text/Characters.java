package dev.skive.verify.text;

import com.google.common.collect.ImmutableMap;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;

/// A tokenizer with an id for each character.
///
/// @param ids by Unicode code point
public record Characters(ImmutableMap<Integer, Long> ids) implements Tokenizer {
    @Override
    public long[] encode(String text) {
        return text.codePoints().mapToLong(this::id).toArray();
    }

    private long id(int character) {
        Long id = ids.get(character);
        if (id == null) {
            throw new SkiveException(
                    ExitCode.USAGE,
                    "the vocabulary has no character U+%04X (%s); it has %d characters"
                            .formatted(character, Character.getName(character), ids.size()));
        }
        return id;
    }
}
