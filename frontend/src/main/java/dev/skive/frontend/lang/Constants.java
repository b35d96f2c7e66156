package dev.skive.frontend.lang;

import com.google.common.base.CharMatcher;
import com.google.common.collect.ImmutableMap;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.type.ElementType;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The constants of a text: small ones and texts are written out, others are named after where they came from.
final class Constants {
    /// Constants of more elements are only named.
    private static final int MOST_ELEMENTS = 16;

    private static final int LONGEST_NAME = 1000;

    /// What a file of weights calls something else.
    private static final String METADATA = "__metadata__";

    private static final CharMatcher ODD = CharMatcher.javaIsoControl();

    private final Map<String, TensorData> weights = new LinkedHashMap<>();
    private final Map<TensorData, String> names = new HashMap<>();

    /// The constants that are only named, in the order they were first asked for.
    ImmutableMap<String, TensorData> weights() {
        return ImmutableMap.copyOf(weights);
    }

    /// The text that stands for a constant.
    String text(TensorData data, Origin origin) {
        return name(data, origin)
                .map(name -> "weight(" + NameText.quoted(withDoubledBraces(name)) + ")")
                .orElseGet(() -> TensorText.print(data));
    }

    /// A name in which no brace stands for a number.
    private static String withDoubledBraces(String name) {
        return name.replace("{", "{{").replace("}", "}}");
    }

    /// The name of a constant that is not written out.
    Optional<String> name(TensorData data, Origin origin) {
        if (isShort(data)) {
            return Optional.empty();
        }
        return Optional.of(
                names.computeIfAbsent(
                        data,
                        unnamed -> {
                            String wish = plain(origin.sources().iterator().next());
                            String name = wish;
                            for (int i = 2; name.isEmpty() || name.equals(METADATA) || weights.containsKey(name); i++) {
                                name = wish + "_" + i;
                            }
                            weights.put(name, data);
                            return name;
                        }));
    }

    /// A name that files can hold.
    private static String plain(String name) {
        String text = ODD.replaceFrom(name, '_');
        byte[] bytes = text.substring(0, Math.min(LONGEST_NAME, text.length())).getBytes(StandardCharsets.UTF_8);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /// Bits that belong to no element are kept by a file only.
    private static boolean isShort(TensorData data) {
        return data.element() == ElementType.STRING
                || (data.count() <= MOST_ELEMENTS && TensorText.read(data).equals(data));
    }
}
