package dev.skive.verify.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.protobuf.ByteString;
import dev.skive.frontend.onnx.proto.TensorProto;
import dev.skive.frontend.weights.Npy;
import dev.skive.frontend.weights.Npz;
import dev.skive.ir.SkiveException;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.TensorType;
import dev.skive.verify.text.Characters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SamplesTest {
    private static final long LIMIT = 1 << 16;
    private static final ModelInputs TWO = inputs("x", 2, "ids", 2);
    private static final ModelInputs ONE = inputs("x", 2);

    @TempDir Path folder;

    private static ModelInputs inputs(Object... namesAndRanks) {
        var types = ImmutableMap.<String, TensorType>builder();
        for (int i = 0; i < namesAndRanks.length; i += 2) {
            String name = (String) namesAndRanks[i];
            Dim[] dims = new Dim[(int) namesAndRanks[i + 1]];
            java.util.Arrays.setAll(dims, axis -> Dim.symbol("d" + axis));
            var element = name.equals("x") ? ElementType.FLOAT32 : ElementType.INT64;
            types.put(name, new TensorType(element, Shape.of(dims)));
        }
        return new ModelInputs(types.buildOrThrow());
    }

    private static List<ImmutableMap<String, Tensor>> all(Samples samples) {
        try (Stream<ImmutableMap<String, Tensor>> open = samples.open()) {
            return open.toList();
        }
    }

    private static TensorData floats(float... values) {
        return TensorData.ofFloats(values, 2, values.length / 2);
    }

    private static Tensor row(float... values) {
        return Tensor.of(TensorData.ofFloats(values, 1, values.length));
    }

    private void write(String name, TensorData data) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        try (var out = Files.newOutputStream(file)) {
            Npy.write(data, out);
        }
    }

    @Test
    void readsArchivesSampleBySample() {
        Path file = folder.resolve("data.npz");
        Npz.write(ImmutableMap.of("x", floats(1, 2, 3, 4), "ids", TensorData.ofLongs(new long[] {5, 6}, 2, 1)), file);

        List<ImmutableMap<String, Tensor>> samples = all(ArraySamples.ofArchive(TWO, file, LIMIT));

        assertThat(samples).hasSize(2);
        assertThat(samples.get(1))
                .containsEntry("x", row(3, 4))
                .containsEntry("ids", Tensor.ofIntegers(ElementType.INT64, new long[] {6}, 1, 1));
        assertThat(all(ArraySamples.ofArchive(TWO, file, LIMIT).first(1))).hasSize(1);
    }

    @Test
    void keepsSamplesThatHaveAllAxesOfTheInput() {
        Path file = folder.resolve("data.npz");
        Npz.write(ImmutableMap.of("x", TensorData.ofFloats(new float[] {1, 2, 3, 4}, 2, 1, 2)), file);

        assertThat(all(ArraySamples.ofArchive(ONE, file, LIMIT)))
                .containsExactly(ImmutableMap.of("x", row(1, 2)), ImmutableMap.of("x", row(3, 4)));
    }

    @Test
    void explainsDataThatDoesNotFit() {
        Path file = folder.resolve("data.npz");
        Npz.write(ImmutableMap.of("x", floats(1, 2), "ids", TensorData.ofLongs(new long[] {5, 6, 7}, 3, 1)), file);

        assertThatThrownBy(() -> all(ArraySamples.ofArchive(TWO, file, LIMIT)))
                .isInstanceOf(SkiveException.class)
                .hasMessageContaining("different numbers of samples");
        assertThatThrownBy(() -> all(ArraySamples.ofArchive(ONE, file, LIMIT)))
                .isInstanceOf(SkiveException.class)
                .hasMessageContaining("the inputs of the model are [x]");
        assertThatThrownBy(() -> all(ArraySamples.ofArchive(inputs("x", 4, "ids", 2), file, LIMIT)))
                .isInstanceOf(SkiveException.class);
    }

    @Test
    void readsFoldersOfArraysCalledAfterTheInputs() throws IOException {
        write("x.npy", floats(1, 2));
        write("ids.npy", TensorData.ofLongs(new long[] {5, 6}, 2, 1));

        assertThat(all(new FolderSamples(TWO, folder, LIMIT).samples()))
                .extracting(sample -> sample.get("x"))
                .containsExactly(row(1), row(2));
    }

    @Test
    void readsFoldersWithAFilePerSample() throws IOException {
        write("b.npy", TensorData.ofFloats(new float[] {3}, 1, 1));
        write("a.npy", TensorData.ofFloats(new float[] {2}, 1));

        assertThat(all(new FolderSamples(ONE, folder, LIMIT).samples()))
                .containsExactly(ImmutableMap.of("x", row(2)), ImmutableMap.of("x", row(3)));
        assertThatThrownBy(() -> new FolderSamples(TWO, folder, LIMIT).samples())
                .isInstanceOf(SkiveException.class)
                .hasMessageContaining("holds no samples");
    }

    @Test
    void readsFoldersOfArchives() {
        Npz.write(ImmutableMap.of("x", TensorData.ofFloats(new float[] {3}, 1, 1)), folder.resolve("0.npz"));

        assertThat(all(new FolderSamples(ONE, folder, LIMIT).samples())).containsExactly(ImmutableMap.of("x", row(3)));
    }

    @Test
    void readsDataSetsInTheOrderOfTheirNumbers() throws IOException {
        write("test_data_set_10/input_0.npy", TensorData.ofFloats(new float[] {10}, 1, 1));
        write("test_data_set_2/other.txt", TensorData.ofFloats(new float[] {2}, 1, 1));
        TensorProto tensor =
                TensorProto.newBuilder()
                        .setDataType(TensorProto.DataType.FLOAT_VALUE)
                        .addDims(1)
                        .addDims(1)
                        .setRawData(ByteString.copyFrom(new byte[] {0, 0, 0, 64}))
                        .build();
        Files.write(folder.resolve("test_data_set_2/input_0.pb"), tensor.toByteArray());

        assertThat(all(new FolderSamples(ONE, folder, LIMIT).samples()))
                .containsExactly(ImmutableMap.of("x", row(2)), ImmutableMap.of("x", row(10)));
    }

    @Test
    void readsLinesAndWindowsOfText() throws IOException {
        Path text = Files.writeString(folder.resolve("a.txt"), "ab\n\nbba\n");
        var characters = new Characters(ImmutableMap.of((int) '\n', 0L, (int) 'a', 1L, (int) 'b', 2L));
        TokenInputs inputs = TokenInputs.of(inputs("ids", 2, "attention_mask", 2, "token_type_ids", 2));
        var samples = new TextSamples(inputs, text, characters);

        assertThat(all(samples.lines()))
                .extracting(sample -> Objects.requireNonNull(sample.get("ids")).integers())
                .containsExactly(new long[] {1, 2}, new long[] {2, 2, 1});
        assertThat(all(samples.windows(3)))
                .extracting(sample -> Objects.requireNonNull(sample.get("ids")).integers())
                .containsExactly(new long[] {1, 2, 0}, new long[] {0, 2, 2});
        assertThat(Objects.requireNonNull(all(samples.lines()).getFirst().get("attention_mask")).integers())
                .containsExactly(1, 1);
        assertThat(Objects.requireNonNull(all(samples.lines()).getFirst().get("token_type_ids")).integers())
                .containsExactly(0, 0);
    }

    @Test
    void needsOneInputForTheIds() {
        assertThatThrownBy(() -> TokenInputs.of(ONE))
                .isInstanceOf(SkiveException.class)
                .hasMessageContaining("text needs");
        assertThatThrownBy(() -> TokenInputs.of(inputs("ids", 2, "more", 2))).isInstanceOf(SkiveException.class);
        assertThat(TokenInputs.of(inputs("ids", 2, "position_ids", 2)).of(new long[] {7, 8}).keySet())
                .isEqualTo(ImmutableSet.of("ids", "position_ids"));
    }
}
