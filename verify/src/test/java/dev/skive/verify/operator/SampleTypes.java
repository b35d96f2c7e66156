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

    private SampleTypes() {}
}
