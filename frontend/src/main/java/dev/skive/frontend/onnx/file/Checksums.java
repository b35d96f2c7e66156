package dev.skive.frontend.onnx.file;

import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;
import dev.skive.frontend.onnx.proto.TensorProto;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The SHA-1 digests of external data files, each computed once. They find damage, not attacks: whoever can change the
/// data can change the model too.
final class Checksums {
    private static final int CHUNK = 1 << 20;
    private static final String FORM = "[0-9a-fA-F]{40}";

    private final Map<Path, HashCode> known = new HashMap<>();

    /// Compares a file with the digest that a tensor gives for it, when it gives one.
    ///
    /// @throws SkiveException when they differ, or what is given is no digest
    void check(TensorProto tensor, @Nullable String given, Path file, FileChannel channel) throws IOException {
        if (given == null) {
            return;
        }
        if (!given.matches(FORM)) {
            throw invalid(tensor, "external data checksum '%s' is not a SHA-1 digest".formatted(given));
        }
        HashCode found = known.get(file);
        if (found == null) {
            found = digest(channel);
            known.put(file, found);
        }
        if (!found.toString().equals(given.toLowerCase(Locale.ROOT))) {
            throw invalid(
                    tensor,
                    "external data '%s' is damaged: its SHA-1 digest is %s, the model expects %s"
                            .formatted(file.getFileName(), found, given));
        }
    }

    @SuppressWarnings("deprecation") // The format prescribes SHA-1.
    private static HashCode digest(FileChannel channel) throws IOException {
        var hasher = Hashing.sha1().newHasher();
        ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK);
        for (long at = 0; at < channel.size(); ) {
            int count = channel.read(chunk.clear(), at);
            if (count < 0) {
                break;
            }
            hasher.putBytes(chunk.flip());
            at += count;
        }
        return hasher.hash();
    }

    private static SkiveException invalid(TensorProto tensor, String problem) {
        return new SkiveException(ExitCode.INVALID_MODEL, "tensor '%s': %s".formatted(tensor.getName(), problem));
    }
}
