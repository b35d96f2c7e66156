package dev.skive.runtime;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/// The element types of ONNX tensors, as a generated class names them.
public enum ElementKind {
    F32("f32", 32),
    F64("f64", 64),
    F16("f16", 16),
    BF16("bf16", 16),
    F8E4M3FN("f8e4m3fn", 8),
    F8E4M3FNUZ("f8e4m3fnuz", 8),
    F8E5M2("f8e5m2", 8),
    F8E5M2FNUZ("f8e5m2fnuz", 8),
    F8E8M0("f8e8m0", 8),
    F4E2M1("f4e2m1", 4),
    I64("i64", 64),
    I32("i32", 32),
    I16("i16", 16),
    I8("i8", 8),
    I4("i4", 4),
    I2("i2", 2),
    U64("u64", 64),
    U32("u32", 32),
    U16("u16", 16),
    U8("u8", 8),
    U4("u4", 4),
    U2("u2", 2),
    BOOL("bool", 8),
    STRING("string", 0);

    private static final Map<String, ElementKind> BY_TEXT =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(ElementKind::text, kind -> kind));

    private final String text;
    private final int bits;

    ElementKind(String text, int bits) {
        this.text = text;
        this.bits = bits;
    }

    /// The kind with a text name such as `f32`.
    ///
    /// @throws IllegalArgumentException when there is none
    public static ElementKind of(String text) {
        ElementKind kind = BY_TEXT.get(text);
        if (kind == null) {
            throw new IllegalArgumentException("no element kind is called '" + text + "'");
        }
        return kind;
    }

    /// The name in messages and in the model language, `f32` for example.
    public String text() {
        return text;
    }

    /// Size of one element in bits; 4- and 2-bit kinds are stored packed, the first element in the low bits;
    /// 0 for strings, which lie nowhere in one size.
    public int bits() {
        return bits;
    }

    /// Bytes that `count` elements take.
    ///
    /// @throws ArithmeticException when that is more than a `long` holds
    public long bytes(long count) {
        return Math.ceilDiv(Math.multiplyExact(count, (long) bits), 8L);
    }
}
