package dev.skive.frontend.fuzz;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import com.google.common.base.Splitter;
import dev.skive.frontend.onnx.ImportOptions;
import dev.skive.frontend.onnx.file.ExternalData;
import dev.skive.frontend.onnx.proto.StringStringEntryProto;
import dev.skive.frontend.onnx.proto.TensorProto;
import dev.skive.ir.SkiveException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// Looks for external data where a tensor says it is: each line of the input is a key, a space and a value. What lies
/// outside the model's folder must never come out.
public final class ExternalDataFuzz {
    private static final int BYTES = 64;
    private static final byte SECRET = (byte) 0xEE;
    private static final Path FOLDER = folder();

    private ExternalDataFuzz() {}

    private static Path folder() {
        try {
            Path outside = Files.createTempDirectory("skive-fuzz");
            Path folder = outside.resolve("model");
            Files.createDirectories(folder.resolve("data"));
            var secret = new byte[BYTES];
            Arrays.fill(secret, SECRET);
            Files.write(outside.resolve("s"), secret);
            Files.write(folder.resolve("w"), new byte[BYTES]);
            Files.write(folder.resolve("data/w"), new byte[BYTES]);
            Files.createSymbolicLink(folder.resolve("l"), outside.resolve("s"));
            Files.createSymbolicLink(folder.resolve("u"), outside);
            Files.createLink(folder.resolve("h"), outside.resolve("s"));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What Jazzer calls.
    public static void fuzzerTestOneInput(byte[] bytes) {
        var tensor = TensorProto.newBuilder().setName("w");
        for (String line : Splitter.on('\n').split(new String(bytes, StandardCharsets.UTF_8))) {
            int space = Math.max(0, line.indexOf(' '));
            tensor.addExternalData(
                    StringStringEntryProto.newBuilder()
                            .setKey(line.substring(0, space))
                            .setValue(line.substring(Math.min(line.length(), space + 1))));
        }
        try {
            var external = new ExternalData(FOLDER.resolve("model.onnx"), ImportOptions.DEFAULT);
            MemorySegment data = external.map(tensor.build(), BYTES / 4);
            if (data.byteSize() != BYTES / 4 || data.get(JAVA_BYTE, 0) == SECRET) {
                throw new AssertionError("external data from outside the folder");
            }
        } catch (SkiveException expected) {
            Expected.check(expected);
        }
    }
}
