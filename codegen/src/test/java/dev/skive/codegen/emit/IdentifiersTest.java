package dev.skive.codegen.emit;

import static org.assertj.core.api.Assertions.assertThat;

import javax.lang.model.SourceVersion;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class IdentifiersTest {
    @ParameterizedTest
    @CsvSource({
        "last_hidden_state, lastHiddenState",
        "input_ids, inputIds",
        "/encoder/layer.0/Add_output_0, encoderLayer0AddOutput0",
        "0, n0",
        "class, classValue",
        "true, trueValue",
        "'', unnamed",
        "'日本語', unnamed",
        "Ünïcode, nCode",
        "$T, t"
    })
    void camelCase(String name, String expected) {
        assertThat(Identifiers.camelCase(name)).isEqualTo(expected);
    }

    @Test
    void classNames() {
        assertThat(Identifiers.className("all-minilm-l6-v2")).isEqualTo("AllMinilmL6V2");
        assertThat(Identifiers.className("../../etc/passwd")).isEqualTo("EtcPasswd");
    }

    @Property
    void anyTextGivesAName(@ForAll String text) {
        assertThat(SourceVersion.isName(Identifiers.camelCase(text))).isTrue();
        assertThat(SourceVersion.isName(Identifiers.className(text))).isTrue();
    }

    @Property
    void commentsEndNothing(@ForAll String text) {
        assertThat(Identifiers.comment(text + "*/ \\u000a \n $T")).doesNotContain("*/", "\\", "\n", "\r", "$");
    }
}
