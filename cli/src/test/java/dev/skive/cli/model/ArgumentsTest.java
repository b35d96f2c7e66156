package dev.skive.cli.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableMap;
import dev.skive.frontend.onnx.Limit;
import dev.skive.frontend.onnx.Limits;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.Shape;
import dev.skive.runtime.ElementKind;
import dev.skive.runtime.TensorInfo;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.TypeConversionException;

class ArgumentsTest {
    @Test
    void everyLimitHasItsFlag() {
        for (Limit limit : Limit.values()) {
            var arguments = new LimitArguments();
            new CommandLine(CommandSpec.forAnnotatedObject(arguments)).parseArgs(limit.flag(), "7");
            assertThat(arguments.limits()).isEqualTo(Limits.DEFAULT.with(limit, 7));
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1500, 1500", "1MB, 1000000", "1mb, 1000000", "1.5GB, 1500000000", "64MiB, 67108864", "7B, 7"})
    void sizesHaveUnits(String text, long bytes) {
        assertThat(new ByteCount().convert(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "MB", "-1", "1.2.3", "1XB", "99999999999TB"})
    void otherTextIsNoSize(String text) {
        assertThatThrownBy(() -> new ByteCount().convert(text)).isInstanceOf(TypeConversionException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x:[1,3,224,224]", "x:1,3,224,224", "x: [1, 3, 224, 224]"})
    void shapesAreWrittenInTwoWays(String text) {
        assertThat(new InputShape.Converter().convert(text)).isEqualTo(new InputShape("x", Shape.of(1, 3, 224, 224)));
    }

    @Test
    void shapesMayHoldNamesAndInputsColons() {
        assertThat(new InputShape.Converter().convert("a:0:[batch,3]"))
                .isEqualTo(new InputShape("a:0", Shape.of(Dim.symbol("batch"), Dim.of(3))));
        assertThat(new InputShape.Converter().convert("x:[]")).isEqualTo(new InputShape("x", Shape.SCALAR));
    }

    @Test
    void symbolsAreFoundByTheirUsualNames() {
        var inputs = List.of(new TensorInfo("ids", ElementKind.I64, List.of("batch", "batch.1")));
        assertThat(SymbolSizes.of(2, 16).resolve(inputs)).isEqualTo(ImmutableMap.of("batch", 2L, "batch.1", 16L));
        var named = List.of(new TensorInfo("ids", ElementKind.I64, List.of("batch_size", "sequence_length")));
        assertThat(SymbolSizes.of(2, 16).resolve(named))
                .isEqualTo(ImmutableMap.of("batch_size", 2L, "sequence_length", 16L));
    }

    @Test
    void everySymbolNeedsASize() {
        var inputs = List.of(new TensorInfo("x", ElementKind.F32, List.of("n", "4")));
        assertThatThrownBy(() -> SymbolSizes.NONE.resolve(inputs)).hasMessageContaining("no size for [n]; give n=N");
    }
}
