package dev.skive.ir.type;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class ElementTypeTest {
    @ParameterizedTest
    @EnumSource
    void textNamesTheType(ElementType element) {
        assertThat(ElementType.parse(element.text())).contains(element);
        assertThat(element).hasToString(element.text());
    }

    @Test
    void unknownTextNamesNothing() {
        assertThat(ElementType.parse("f33")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "INT8, 127, 127", "INT8, 128, -128", "INT8, -129, 127", "UINT8, 256, 0", "UINT8, -1, 255",
        "INT4, 8, -8", "UINT4, -1, 15", "INT2, 2, -2", "UINT2, 5, 1", "INT16, 32768, -32768",
        "INT32, 2147483648, -2147483648", "UINT32, -1, 4294967295", "INT64, -5, -5", "UINT64, -1, -1", "BOOL, 1, 1"
    })
    void integersWrapAtTheirWidth(ElementType element, long value, long wrapped) {
        assertThat(element.wrap(value)).isEqualTo(wrapped);
    }

    @ParameterizedTest
    @CsvSource({"INT4, 3, 2", "UINT2, 5, 2", "INT2, 4, 1", "FLOAT4E2M1, 0, 0", "FLOAT16, 3, 6", "COMPLEX128, 1, 16"})
    void packedElementsShareBytes(ElementType element, long count, long bytes) {
        assertThat(element.bytes(count)).isEqualTo(bytes);
    }
}
