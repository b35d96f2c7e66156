package dev.skive.frontend.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skive.ir.SkiveException;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.type.ElementType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/// Whatever the bytes are, the importer gives a graph or the one exception.
class DamagedModelsTest {
    private static byte[] valid() {
        return new TestModel(13)
                .input("x", ElementType.FLOAT32, "batch", 3, 4)
                .constant("w", TensorData.ofFloats(new float[16], 4, 4))
                .longs("shape", 0, -1, 2, 2)
                .longs("one", 1)
                .longs("two", 2)
                .node("MatMul", "x,w", "p")
                .node("Reshape", "p,shape", "r")
                .node("Transpose", "r", "t", TestModel.integers("perm", 0, 2, 1, 3))
                .node("Shape", "t", "s")
                .node("Gather", "s,one", "g", TestModel.integer("axis", 0))
                .node("Slice", "t,one,two,one", "c")
                .node("ReduceSum", "c,two", "sum", TestModel.integer("keepdims", 0))
                .node("Unsqueeze", "sum,one", "u")
                .node("Expand", "u,g", "e")
                .node("Softmax", "e", "y", TestModel.integer("axis", -1))
                .output("y")
                .bytes();
    }

    @Property(tries = 3000)
    void damagedBytesNeverEscape(@ForAll @IntRange(min = 1, max = 8) int changes, @ForAll long seed)
            throws IOException {
        byte[] bytes = valid();
        var random = new Random(seed);
        for (int i = 0; i < changes; i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        Path path = Files.createTempFile("skive-damaged", ".onnx");
        try {
            Files.write(path, bytes);
            assertThat(new OnnxImporter().read(path).outputs()).isNotEmpty();
        } catch (SkiveException e) {
            assertThat(e).hasMessageNotContainingAny("null", "Exception");
        } finally {
            Files.delete(path);
        }
    }
}
