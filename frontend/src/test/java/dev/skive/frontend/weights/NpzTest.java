package dev.skive.frontend.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableMap;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.type.ElementType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NpzTest {
    private static final long LIMIT = 1 << 20;
    private static final ImmutableMap<String, TensorData> ARRAYS =
            ImmutableMap.of(
                    "mask",
                    TensorData.ofLongs(new long[] {1, 0}, 1, 2),
                    "ids",
                    TensorData.ofFloats(new float[] {3, 4}, 2));

    @TempDir Path folder;

    @Test
    void readsWhatItWritesInOrder() {
        Path file = folder.resolve("a.npz");
        Npz.write(ARRAYS, file);
        assertThat(Npz.read(file, LIMIT)).containsExactlyEntriesOf(ARRAYS);
    }

    @Test
    void writesEqualBytesForEqualArrays() throws IOException {
        Npz.write(ARRAYS, folder.resolve("a.npz"));
        Npz.write(ARRAYS, folder.resolve("b.npz"));
        assertThat(Files.mismatch(folder.resolve("a.npz"), folder.resolve("b.npz"))).isEqualTo(-1);
    }

    @Test
    void limitsAllArraysTogether() {
        Path file = folder.resolve("a.npz");
        Npz.write(ARRAYS, file);
        assertThatThrownBy(() -> Npz.read(file, 20))
                .isInstanceOfSatisfying(SkiveException.class, e -> assertThat(e.code()).isEqualTo(ExitCode.REFUSED))
                .hasMessageContaining("array 'ids'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../a", "a/../../b", "..", "a\\..\\b", "C:a", "\\\\server\\a", "a\0b"})
    void writesNoNamesThatLeadOut(String name) {
        ImmutableMap<String, TensorData> arrays = ImmutableMap.of(name, TensorData.scalar(ElementType.FLOAT32, 1));
        Path file = folder.resolve("a.npz");
        assertThatThrownBy(() -> Npz.write(arrays, file))
                .isInstanceOfSatisfying(SkiveException.class, e -> assertThat(e.code()).isEqualTo(ExitCode.REFUSED));
    }

    @Test
    void reportsMissingAndDamagedFiles() throws IOException {
        Path damaged = Files.writeString(folder.resolve("damaged.npz"), "not a zip file at all");
        assertThatThrownBy(() -> Npz.read(folder.resolve("none.npz"), LIMIT))
                .isInstanceOfSatisfying(SkiveException.class, e -> assertThat(e.code()).isEqualTo(ExitCode.IO));
        assertThatThrownBy(() -> Npz.read(damaged, LIMIT))
                .isInstanceOfSatisfying(
                        SkiveException.class, e -> assertThat(e.code()).isEqualTo(ExitCode.INVALID_MODEL));
    }
}
