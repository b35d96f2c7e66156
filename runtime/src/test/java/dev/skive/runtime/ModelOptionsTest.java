package dev.skive.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ModelOptionsTest {
    @Test
    void defaultsFitTheMachine() {
        var options = ModelOptions.of(null, null);
        assertThat(options.threads()).isBetween(1, Runtime.getRuntime().availableProcessors());
        assertThat(options.instructionSet()).isEqualTo(InstructionSet.AUTO);
    }

    @Test
    void propertiesReplaceDefaults() {
        assertThat(ModelOptions.of("3", "Scalar")).isEqualTo(new ModelOptions(3, InstructionSet.SCALAR));
        assertThat(ModelOptions.of("1", "vector").instructionSet()).isEqualTo(InstructionSet.VECTOR);
    }

    @Test
    void wrongPropertiesAreNamed() {
        assertThatThrownBy(() -> ModelOptions.of("many", null))
                .hasMessage("skive.threads: expected 1 to 512, found 'many'");
        assertThatThrownBy(() -> ModelOptions.of(null, "gpu"))
                .hasMessage("skive.instructionSet: expected auto, vector or scalar, found 'gpu'");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 513, Integer.MIN_VALUE})
    void threadsOutOfRangeAreRefused(int threads) {
        assertThatThrownBy(() -> ModelOptions.defaults().withThreads(threads))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 to 512");
    }

    @Test
    void optionsChangeOneAtATime() {
        var options = new ModelOptions(1, InstructionSet.AUTO);
        assertThat(options.withThreads(512)).isEqualTo(new ModelOptions(512, InstructionSet.AUTO));
        assertThat(options.withInstructionSet(InstructionSet.SCALAR))
                .isEqualTo(new ModelOptions(1, InstructionSet.SCALAR));
    }
}
