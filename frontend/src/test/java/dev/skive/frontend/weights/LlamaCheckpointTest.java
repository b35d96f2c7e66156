package dev.skive.frontend.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skive.frontend.weights.LlamaCheckpoint.Header;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.data.TensorData;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LlamaCheckpointTest {
    private static final int[] SHARED = {4, 6, 2, 2, 1, 3, 5};

    /// Numbers of all tensors: embeddings, both norms of each layer, q, k, v, o, three matrices, last norm, two tables.
    private static final int COUNT = 3 * 4 + 2 * (4 + 16 + 8 + 8 + 16 + 4 + 24 + 24 + 24) + 4 + 5 + 5;

    @TempDir private Path folder;

    /// A file whose tensors hold 0, 1, 2 and so on.
    static byte[] file(int count, int... header) {
        ByteBuffer file =
                ByteBuffer.allocate(Integer.BYTES * header.length + Float.BYTES * count).order(ByteOrder.LITTLE_ENDIAN);
        Arrays.stream(header).forEach(file::putInt);
        for (int i = 0; i < count; i++) {
            file.putFloat(i);
        }
        return file.array();
    }

    private static LlamaCheckpoint read(byte[] file) {
        return LlamaCheckpoint.read(MemorySegment.ofArray(file), "'a.bin'");
    }

    private static TensorData tensor(LlamaCheckpoint checkpoint, String name) {
        return Objects.requireNonNull(checkpoint.tensors().get(name), name);
    }

    @Test
    void tensorsHaveTheNamesOfModelPy() {
        LlamaCheckpoint checkpoint = read(file(COUNT, SHARED));
        assertThat(checkpoint.header()).isEqualTo(new Header(4, 6, 2, 2, 1, 3, 5, true));
        assertThat(tensor(checkpoint, "tok_embeddings.weight").type()).hasToString("f32[3,4]");
        assertThat(tensor(checkpoint, "layers.1.attention.wq.weight").type()).hasToString("f32[4,4]");
        assertThat(tensor(checkpoint, "layers.1.attention.wk.weight").type()).hasToString("f32[2,4]");
        assertThat(tensor(checkpoint, "layers.0.feed_forward.w1.weight").type()).hasToString("f32[6,4]");
        assertThat(tensor(checkpoint, "layers.0.feed_forward.w2.weight").type()).hasToString("f32[4,6]");
        assertThat(tensor(checkpoint, "freqs_cos").type()).hasToString("f32[5,1]");
        assertThat(tensor(checkpoint, "layers.0.attention_norm.weight").floats()).containsExactly(12, 13, 14, 15);
        assertThat(tensor(checkpoint, "layers.1.attention_norm.weight").floats()).containsExactly(16, 17, 18, 19);
        assertThat(tensor(checkpoint, "layers.0.attention.wq.weight").floats()).startsWith(20, 21);
        assertThat(tensor(checkpoint, "freqs_sin").floats())
                .containsExactly(COUNT - 5, COUNT - 4, COUNT - 3, COUNT - 2, COUNT - 1);
    }

    @Test
    void theClassifierIsTheEmbeddingsOrStandsAtTheEnd() {
        LlamaCheckpoint shared = read(file(COUNT, SHARED));
        assertThat(tensor(shared, "output.weight")).isEqualTo(tensor(shared, "tok_embeddings.weight"));
        LlamaCheckpoint own = read(file(COUNT + 12, 4, 6, 2, 2, 1, -3, 5));
        assertThat(own.header().sharedClassifier()).isFalse();
        assertThat(tensor(own, "output.weight").floats()).startsWith(COUNT).hasSize(12);
    }

    @Test
    void filesAreMapped() throws Exception {
        Path path = Files.write(folder.resolve("a.bin"), file(COUNT, SHARED));
        LlamaCheckpoint checkpoint = LlamaCheckpoint.read(path);
        assertThat(tensor(checkpoint, "norm.weight").bytes().isMapped()).isTrue();
        assertThat(checkpoint.tensors()).isEqualTo(read(Files.readAllBytes(path)).tensors());
        assertThatThrownBy(() -> LlamaCheckpoint.read(folder.resolve("b.bin")))
                .hasMessageContaining("no such file")
                .extracting(e -> ((SkiveException) e).code())
                .isEqualTo(ExitCode.IO);
        assertThatThrownBy(() -> LlamaCheckpoint.read(folder)).hasMessageContaining("is not a plain file");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "0,0,0,0,0,0,0; the header of a llama2.c checkpoint cannot be",
                "4,6,-1,2,1,3,5; the header of a llama2.c checkpoint cannot be",
                "4,6,2,3,1,3,5; the header of a llama2.c checkpoint cannot be",
                "4,6,2,2,3,3,5; the header of a llama2.c checkpoint cannot be",
                "6,6,2,2,1,3,5; the header of a llama2.c checkpoint cannot be",
                "4,6,2,2,1,-2147483648,5; the header of a llama2.c checkpoint cannot be",
                "4,6,2,2,1,4,5; take 1144 bytes, found 1128",
                "268435456,268435456,10000,2,1,3,5; take too many bytes, found 1128"
            })
    void damagedFilesAreRefused(String header, String message) {
        int[] numbers = Arrays.stream(header.split(",", -1)).mapToInt(Integer::parseInt).toArray();
        assertThatThrownBy(() -> read(file(COUNT, numbers)))
                .hasMessageStartingWith("'a.bin': ")
                .hasMessageContaining(message)
                .extracting(e -> ((SkiveException) e).code())
                .isEqualTo(ExitCode.INVALID_MODEL);
    }

    @Test
    void shortFilesAreRefused() {
        assertThatThrownBy(() -> read(new byte[27])).hasMessage("'a.bin': 27 bytes are no llama2.c checkpoint");
    }
}
