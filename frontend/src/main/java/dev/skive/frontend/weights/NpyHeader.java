package dev.skive.frontend.weights;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableBiMap;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableLongArray;
import com.google.common.primitives.Longs;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.type.ElementType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The header of a `.npy` file: a dictionary in Python's notation.
///
/// @param element the element type
/// @param sizes the sizes, whatever the order of the elements
/// @param byColumns whether the first index runs fastest, not the last
record NpyHeader(ElementType element, ImmutableLongArray sizes, boolean byColumns) {
    private static final ImmutableList<String> NAMES = ImmutableList.of("descr", "order", "shape");

    private static final ImmutableBiMap<String, ElementType> TYPES =
            ImmutableBiMap.copyOf(
                    ImmutableMap.of(
                            "<f4", ElementType.FLOAT32,
                            "<f8", ElementType.FLOAT64,
                            "<f2", ElementType.FLOAT16,
                            "<i8", ElementType.INT64,
                            "<i4", ElementType.INT32,
                            "<i2", ElementType.INT16,
                            "|i1", ElementType.INT8,
                            "|b1", ElementType.BOOL));

    private static final ImmutableBiMap<String, ElementType> UNSIGNED_TYPES =
            ImmutableBiMap.copyOf(
                    ImmutableMap.of(
                            "<u8", ElementType.UINT64,
                            "<u4", ElementType.UINT32,
                            "<u2", ElementType.UINT16,
                            "|u1", ElementType.UINT8));

    /// One entry of the dictionary and what ends it. Possessive, so that no text takes more than one look at each character.
    private static final Pattern ENTRY =
            Pattern.compile(
                    "\\s*+(?:'descr'\\s*+:\\s*+'(?<descr>[^']{1,8}+)'"
                            + "|'fortran_order'\\s*+:\\s*+(?<order>True|False)"
                            + "|'shape'\\s*+:\\s*+\\((?<shape>[0-9L,\\s]*+)\\))\\s*+(?:,|(?=\\}))");

    private static final Pattern SIZE = Pattern.compile("([0-9]{1,19})L?");
    private static final Pattern END = Pattern.compile("\\s*+\\}\\s*+");
    private static final int MAXIMUM_RANK = 64;

    /// Reads the text of a header.
    ///
    /// @param where names the file in messages
    /// @throws SkiveException when it is malformed or describes an array that is not read
    static NpyHeader parse(String text, String where) {
        Map<String, String> fields = fields(text, where);
        String type = field(fields, where, "descr");
        ElementType element = TYPES.getOrDefault(type, UNSIGNED_TYPES.get(type));
        if (element == null) {
            throw invalid(
                    where,
                    "elements of type '%s' are not read, only little-endian %s, %s"
                            .formatted(type, TYPES.keySet(), UNSIGNED_TYPES.keySet()));
        }
        ImmutableLongArray sizes = sizes(field(fields, where, "shape"), where);
        boolean byColumns = field(fields, where, "order").equals("True") && sizes.length() > 1;
        return new NpyHeader(element, sizes, byColumns);
    }

    private static Map<String, String> fields(String text, String where) {
        var fields = new HashMap<String, String>();
        Matcher entry = ENTRY.matcher(text);
        int at = text.startsWith("{") ? 1 : text.length();
        while (entry.region(at, text.length()).lookingAt()) {
            for (String name : NAMES) {
                String value = entry.group(name);
                if (value != null && fields.put(name, value) != null) {
                    throw invalid(where, "the header gives '%s' twice".formatted(name));
                }
            }
            at = entry.end();
        }
        if (!END.matcher(text).region(at, text.length()).matches()) {
            throw invalid(where, "the header is not a dictionary of descr, fortran_order and shape");
        }
        return fields;
    }

    private static String field(Map<String, String> fields, String where, String name) {
        String value = fields.get(name);
        if (value == null) {
            throw invalid(
                    where, "the header has no valid '%s'".formatted(name.equals("order") ? "fortran_order" : name));
        }
        return value;
    }

    private static ImmutableLongArray sizes(String text, String where) {
        List<String> parts = new ArrayList<>(Splitter.on(',').trimResults().splitToList(text));
        if (parts.getLast().isEmpty()) {
            parts.removeLast();
        }
        if (parts.size() > MAXIMUM_RANK) {
            throw invalid(where, "the array has %d axes, at most %d are read".formatted(parts.size(), MAXIMUM_RANK));
        }
        var sizes = ImmutableLongArray.builder();
        for (String part : parts) {
            Matcher size = SIZE.matcher(part);
            Long number = size.matches() ? Longs.tryParse(size.group(1)) : null;
            if (number == null) {
                throw invalid(where, "the header has no valid 'shape': (%s)".formatted(text));
            }
            sizes.add(number);
        }
        return sizes.build();
    }

    /// The text of this header.
    ///
    /// @throws SkiveException when NumPy has no such element type
    String print() {
        String type = TYPES.inverse().getOrDefault(element, UNSIGNED_TYPES.inverse().get(element));
        if (type == null) {
            throw new SkiveException(ExitCode.USAGE, "NumPy files cannot hold elements of type " + element);
        }
        String shape = sizes.stream().mapToObj(size -> size + ",").collect(Collectors.joining(" ", "(", ")"));
        return "{'descr': '%s', 'fortran_order': False, 'shape': %s, }".formatted(type, shape);
    }

    private static SkiveException invalid(String where, String problem) {
        return new SkiveException(ExitCode.INVALID_MODEL, "%s: %s".formatted(where, problem));
    }
}
