package dev.skive.verify.text;

/// Turns text into the ids a language model reads.
@FunctionalInterface
public interface Tokenizer {
    /// The ids of a text.
    ///
    /// @throws dev.skive.ir.SkiveException when the text holds what the vocabulary has no id for
    long[] encode(String text);

    /// This tokenizer, with texts cut so that they have at most so many ids. What a tokenizer puts at the end of each text
    /// is cut with it.
    default Tokenizer cutTo(int most) {
        return text -> {
            long[] ids = encode(text);
            return ids.length <= most ? ids : java.util.Arrays.copyOf(ids, most);
        };
    }
}
