package dev.skive.ir.type;

import com.google.common.collect.ImmutableMap;
import java.util.Arrays;
import java.util.Optional;

/// The element types of ONNX tensors.
public enum ElementType {
    FLOAT32("f32", Kind.REAL, 32),
    FLOAT64("f64", Kind.REAL, 64),
    FLOAT16("f16", Kind.REAL, 16),
    BFLOAT16("bf16", Kind.REAL, 16),
    FLOAT8E4M3FN("f8e4m3fn", Kind.REAL, 8),
    FLOAT8E4M3FNUZ("f8e4m3fnuz", Kind.REAL, 8),
    FLOAT8E5M2("f8e5m2", Kind.REAL, 8),
    FLOAT8E5M2FNUZ("f8e5m2fnuz", Kind.REAL, 8),
    FLOAT8E8M0("f8e8m0", Kind.REAL, 8),
    FLOAT4E2M1("f4e2m1", Kind.REAL, 4),
    INT64("i64", Kind.SIGNED, 64),
    INT32("i32", Kind.SIGNED, 32),
    INT16("i16", Kind.SIGNED, 16),
    INT8("i8", Kind.SIGNED, 8),
    INT4("i4", Kind.SIGNED, 4),
    INT2("i2", Kind.SIGNED, 2),
    UINT64("u64", Kind.UNSIGNED, 64),
    UINT32("u32", Kind.UNSIGNED, 32),
    UINT16("u16", Kind.UNSIGNED, 16),
    UINT8("u8", Kind.UNSIGNED, 8),
    UINT4("u4", Kind.UNSIGNED, 4),
    UINT2("u2", Kind.UNSIGNED, 2),
    BOOL("bool", Kind.BOOLEAN, 8),
    COMPLEX64("c64", Kind.COMPLEX, 64),
    COMPLEX128("c128", Kind.COMPLEX, 128),
    STRING("string", Kind.TEXT, 0);

    /// How elements of a type are computed with.
    public enum Kind {
        REAL,
        SIGNED,
        UNSIGNED,
        BOOLEAN,
        COMPLEX,
        TEXT
    }

    private static final ImmutableMap<String, ElementType> BY_TEXT =
            Arrays.stream(values()).collect(ImmutableMap.toImmutableMap(ElementType::text, type -> type));

    private final String text;
    private final Kind kind;
    private final int bits;

    ElementType(String text, Kind kind, int bits) {
        this.text = text;
        this.kind = kind;
        this.bits = bits;
    }

    /// The name in graph text, `f32` for example.
    public String text() {
        return text;
    }

    /// How elements are computed with.
    public Kind kind() {
        return kind;
    }

    /// Size of one element in bits; 4- and 2-bit types are stored packed, the first element in the low bits.
    public int bits() {
        return bits;
    }

    /// Bytes that `count` elements take.
    public long bytes(long count) {
        return Math.ceilDiv(Math.multiplyExact(count, (long) bits), 8L);
    }

    /// True for floating-point types.
    public boolean isReal() {
        return kind == Kind.REAL;
    }

    /// True for signed and unsigned integers, not for booleans.
    public boolean isInteger() {
        return kind == Kind.SIGNED || kind == Kind.UNSIGNED;
    }

    /// The integer that an element of this integer or boolean type holds after `value` was stored: the low bits, extended
    /// again to 64; uint64 keeps all of them.
    public long wrap(long value) {
        int unused = Long.SIZE - bits;
        return switch (kind) {
            case SIGNED -> value << unused >> unused;
            case UNSIGNED -> value << unused >>> unused;
            default -> value;
        };
    }

    /// The type with this [#text()], if there is one.
    public static Optional<ElementType> parse(String text) {
        return Optional.ofNullable(BY_TEXT.get(text));
    }

    @Override
    public String toString() {
        return text;
    }
}
