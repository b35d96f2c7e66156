package dev.skive.frontend.weights;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableBiMap;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableLongArray;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.type.ElementType;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The header of a `.npy` file: a dictionary in Python's notation.
///
/// @param element the element type
/// @param sizes the sizes, row-major
record NpyHeader(ElementType element, ImmutableLongArray sizes) {
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

    private static final Pattern DESCR = Pattern.compile("'descr'\\s*:\\s*'([^']{1,8})'");
    private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([0-9L,\\s]*)\\)");
    private static final int MAXIMUM_RANK = 64;

    /// Reads the text of a header.
    ///
    /// @param where names the file in messages
    /// @throws SkiveException when it is malformed or describes an array that is not read
    static NpyHeader parse(String text, String where) {
        String type = field(DESCR, text, where, "descr");
        ElementType element = TYPES.getOrDefault(type, UNSIGNED_TYPES.get(type));
        if (element == null) {
            throw invalid(
                    where,
                    "elements of type '%s' are not read, only little-endian %s, %s"
                            .formatted(type, TYPES.keySet(), UNSIGNED_TYPES.keySet()));
        }
        ImmutableLongArray sizes = sizes(field(SHAPE, text, where, "shape"), where);
        if (field(ORDER, text, where, "fortran_order").equals("True") && sizes.length() > 1) {
            throw invalid(where, "the array is stored column by column; save it after numpy.ascontiguousarray(...)");
        }
        return new NpyHeader(element, sizes);
    }

    private static String field(Pattern pattern, String text, String where, String name) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw invalid(where, "the header has no valid '%s'".formatted(name));
        }
        return matcher.group(1);
    }

    private static ImmutableLongArray sizes(String text, String where) {
        try {
            var sizes =
                    ImmutableLongArray.copyOf(
                            Splitter.on(',')
                                    .trimResults()
                                    .omitEmptyStrings()
                                    .splitToStream(text.replace("L", ""))
                                    .mapToLong(Long::parseLong));
            if (sizes.length() > MAXIMUM_RANK) {
                throw invalid(
                        where, "the array has %d axes, at most %d are read".formatted(sizes.length(), MAXIMUM_RANK));
            }
            return sizes;
        } catch (NumberFormatException e) {
            throw invalid(where, "the header has no valid 'shape': (%s)".formatted(text));
        }
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
