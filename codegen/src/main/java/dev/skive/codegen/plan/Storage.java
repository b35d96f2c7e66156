package dev.skive.codegen.plan;

import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.type.ElementType;

/// The kinds of Java arrays that hold tensors during a run.
public enum Storage {
    FLOAT("float", "floats"),
    DOUBLE("double", "doubles"),
    LONG("long", "longs"),
    INT("int", "ints"),
    SHORT("short", "shorts"),
    BYTE("byte", "bytes");

    private final String primitive;
    private final String field;

    Storage(String primitive, String field) {
        this.primitive = primitive;
        this.field = field;
    }

    /// The storage of an element type; booleans are bytes 0 and 1, 16- and 8-bit floats their bits. Elements of 4 and 2 bits
    /// take a byte each: integers as they are, floats their bits.
    public static Storage of(ElementType element) {
        return switch (element) {
            case FLOAT32 -> FLOAT;
            case FLOAT64 -> DOUBLE;
            case INT64, UINT64 -> LONG;
            case INT32, UINT32 -> INT;
            case INT16, UINT16, FLOAT16, BFLOAT16 -> SHORT;
            case INT8, UINT8, BOOL -> BYTE;
            case FLOAT8E4M3FN, FLOAT8E4M3FNUZ, FLOAT8E5M2, FLOAT8E5M2FNUZ, FLOAT8E8M0, FLOAT4E2M1 -> BYTE;
            case INT4, UINT4, INT2, UINT2 -> BYTE;
            default ->
                    throw new SkiveException(
                            ExitCode.INVALID_MODEL,
                            "generated code cannot hold tensors of element type " + element + " yet");
        };
    }

    /// The Java element type.
    public String primitive() {
        return primitive;
    }

    /// The name of the array in generated code.
    public String field() {
        return field;
    }

    /// Bytes per element.
    public int bytes() {
        return switch (this) {
            case DOUBLE, LONG -> 8;
            case FLOAT, INT -> 4;
            case SHORT -> 2;
            case BYTE -> 1;
        };
    }
}
