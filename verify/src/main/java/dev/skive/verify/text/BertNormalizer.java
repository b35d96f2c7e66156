package dev.skive.verify.text;

import java.text.Normalizer;
import java.util.Locale;

/// How BERT tidies text before it is taken apart: control characters go, all white space becomes spaces, Chinese characters
/// stand alone, accents go, letters become small.
///
/// **Source**: `BasicTokenizer` of Devlin et al., "BERT", and `BertNormalizer` of Hugging Face's tokenizers.
///
/// @param cleanText whether control characters go
/// @param splitChinese whether Chinese characters stand alone
/// @param stripAccents whether accents go
/// @param lowercase whether letters become small
public record BertNormalizer(boolean cleanText, boolean splitChinese, boolean stripAccents, boolean lowercase) {
    private static final int REPLACEMENT = 0xFFFD;

    /// The tidied text.
    public String normalize(String text) {
        var clean = new StringBuilder();
        text.codePoints().forEach(character -> clean(character, clean));
        String bare = stripAccents ? withoutAccents(clean.toString()) : clean.toString();
        return lowercase ? small(bare) : bare;
    }

    private void clean(int character, StringBuilder clean) {
        if (cleanText && (character == 0 || character == REPLACEMENT || isControl(character))) {
            return;
        }
        if (cleanText && isSpace(character)) {
            clean.append(' ');
        } else if (splitChinese && isChinese(character)) {
            clean.append(' ').appendCodePoint(character).append(' ');
        } else {
            clean.appendCodePoint(character);
        }
    }

    private static String withoutAccents(String text) {
        var bare = new StringBuilder();
        Normalizer.normalize(text, Normalizer.Form.NFD)
                .codePoints()
                .filter(character -> Character.getType(character) != Character.NON_SPACING_MARK)
                .forEach(bare::appendCodePoint);
        return bare.toString();
    }

    /// Character by character: the small form of a letter does not depend on its neighbours.
    private static String small(String text) {
        var small = new StringBuilder();
        text.codePoints().forEach(character -> small.append(Character.toString(character).toLowerCase(Locale.ROOT)));
        return small.toString();
    }

    private static boolean isControl(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL -> character != '\t' && character != '\n' && character != '\r';
            case Character.FORMAT, Character.PRIVATE_USE, Character.SURROGATE -> true;
            default -> false;
        };
    }

    /// White space as Unicode has it.
    static boolean isSpace(int character) {
        return character == '\t' || character == '\n' || character == '\r' || Character.isSpaceChar(character);
    }

    /// The blocks of ideographs that BERT's authors chose, which are not all of them.
    private static boolean isChinese(int character) {
        return in(character, 0x4E00, 0x9FFF)
                || in(character, 0x3400, 0x4DBF)
                || in(character, 0x20000, 0x2A6DF)
                || in(character, 0x2A700, 0x2B73F)
                || in(character, 0x2B740, 0x2B81F)
                || in(character, 0x2B920, 0x2CEAF)
                || in(character, 0xF900, 0xFAFF)
                || in(character, 0x2F800, 0x2FA1F);
    }

    private static boolean in(int character, int first, int last) {
        return character >= first && character <= last;
    }
}
