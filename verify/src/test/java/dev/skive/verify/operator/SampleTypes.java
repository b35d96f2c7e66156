package dev.skive.verify.operator;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import dev.skive.ir.type.ElementType;

/// Sets of element types that samples are made for.
final class SampleTypes {
    static final ImmutableSet<ElementType> REALS =
            Sets.immutableEnumSet(ElementType.FLOAT32, ElementType.FLOAT64, ElementType.FLOAT16, ElementType.BFLOAT16);

    static final ImmutableSet<ElementType> INTEGERS =
            Sets.immutableEnumSet(
                    ElementType.INT64,
                    ElementType.INT32,
                    ElementType.INT16,
                    ElementType.INT8,
                    ElementType.UINT64,
                    ElementType.UINT32,
                    ElementType.UINT16,
                    ElementType.UINT8);

    static final ImmutableSet<ElementType> UNSIGNED =
            Sets.immutableEnumSet(ElementType.UINT64, ElementType.UINT32, ElementType.UINT16, ElementType.UINT8);

    static final ImmutableSet<ElementType> BOOL = Sets.immutableEnumSet(ElementType.BOOL);

    static final ImmutableSet<ElementType> NUMBERS = Sets.union(REALS, INTEGERS).immutableCopy();

    static final ImmutableSet<ElementType> ALL = Sets.union(NUMBERS, BOOL).immutableCopy();

    static final ImmutableSet<ElementType> STRING = Sets.immutableEnumSet(ElementType.STRING);

    static final ImmutableSet<ElementType> FLOATS =
            Sets.immutableEnumSet(ElementType.FLOAT32, ElementType.FLOAT64, ElementType.FLOAT16);

    static final ImmutableSet<ElementType> FLOAT = Sets.immutableEnumSet(ElementType.FLOAT32);

    /// Types of one byte to which numbers are quantized.
    static final ImmutableSet<ElementType> BYTES = Sets.immutableEnumSet(ElementType.UINT8, ElementType.INT8);

    /// Types that came to the standard after the others.
    static final ImmutableSet<ElementType> NARROW =
            Sets.immutableEnumSet(
                    ElementType.FLOAT8E4M3FN,
                    ElementType.FLOAT8E4M3FNUZ,
                    ElementType.FLOAT8E5M2,
                    ElementType.FLOAT8E5M2FNUZ,
                    ElementType.FLOAT8E8M0,
                    ElementType.FLOAT4E2M1,
                    ElementType.INT4,
                    ElementType.UINT4,
                    ElementType.INT2,
                    ElementType.UINT2);

    /// Types to which numbers are quantized.
    static final ImmutableSet<ElementType> QUANTIZED =
            Sets.immutableEnumSet(
                    ElementType.UINT8,
                    ElementType.INT8,
                    ElementType.UINT16,
                    ElementType.INT16,
                    ElementType.FLOAT8E4M3FN,
                    ElementType.FLOAT8E4M3FNUZ,
                    ElementType.FLOAT8E5M2,
                    ElementType.FLOAT8E5M2FNUZ,
                    ElementType.FLOAT4E2M1,
                    ElementType.INT4,
                    ElementType.UINT4,
                    ElementType.INT2,
                    ElementType.UINT2);

    /// Everything but complex numbers.
    static final ImmutableSet<ElementType> ANY = Sets.union(ALL, Sets.union(STRING, NARROW)).immutableCopy();

    private SampleTypes() {}
}
