package dev.skive.frontend.fuzz;

import dev.skive.frontend.weights.Npy;
import dev.skive.ir.SkiveException;
import dev.skive.ir.data.TensorData;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/// Reads a NumPy array and writes it again.
public final class NpyFuzz {
    private static final long LIMIT = 1 << 26;

    private NpyFuzz() {}

    /// What Jazzer calls.
    public static void fuzzerTestOneInput(byte[] bytes) {
        try {
            TensorData array = Npy.read(new ByteArrayInputStream(bytes), "'fuzzed'", LIMIT);
            var out = new ByteArrayOutputStream();
            Npy.write(array, out);
            if (!Npy.read(new ByteArrayInputStream(out.toByteArray()), "'written'", LIMIT).equals(array)) {
                throw new AssertionError("written differently than read: " + array);
            }
        } catch (SkiveException expected) {
            Expected.check(expected);
        } catch (IOException e) {
            throw new AssertionError("reading from memory cannot fail", e);
        }
    }
}
