package dev.skive.frontend.weights;

import com.google.common.collect.ImmutableMap;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.data.Elements;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.type.ElementType;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A checkpoint of llama2.c in its first format (`stories15M.bin` and the like), mapped into memory: seven 32-bit numbers, then
/// float32 tensors one after the other without names. They get the names of llama2.c's `model.py`:
///
/// | tensor | type |
/// | --- | --- |
/// | `tok_embeddings.weight` | `[vocabulary, dim]` |
/// | `layers.I.attention_norm.weight`, `layers.I.ffn_norm.weight`, `norm.weight` | `[dim]` |
/// | `layers.I.attention.wq.weight`, `layers.I.attention.wo.weight` | `[dim, dim]` |
/// | `layers.I.attention.wk.weight`, `layers.I.attention.wv.weight` | `[keyHeads * dim / heads, dim]` |
/// | `layers.I.feed_forward.w1.weight`, `layers.I.feed_forward.w3.weight` | `[hidden, dim]` |
/// | `layers.I.feed_forward.w2.weight` | `[dim, hidden]` |
/// | `output.weight` | `[vocabulary, dim]`, the same as the embeddings when the file shares them |
/// | `freqs_cos`, `freqs_sin` | `[positions, dim / heads / 2]` |
///
/// Matrices are stored as `[outputs, inputs]`.
///
/// @param header what the file says about the model
/// @param tensors by name, in the order of the file
public record LlamaCheckpoint(Header header, ImmutableMap<String, TensorData> tensors) {
    private static final long HEADER_BYTES = 7L * Integer.BYTES;
    private static final int MAXIMUM_LAYERS = 10_000;
    private static final int MAXIMUM_SIZE = 1 << 28;

    /// What the file says about the model.
    ///
    /// @param dim width of the residual stream
    /// @param hidden width inside the feed-forward network
    /// @param layers number of layers
    /// @param heads number of query heads
    /// @param keyHeads number of key and value heads
    /// @param vocabulary number of tokens
    /// @param positions longest sequence
    /// @param sharedClassifier whether the embeddings are the classifier too
    public record Header(
            int dim,
            int hidden,
            int layers,
            int heads,
            int keyHeads,
            int vocabulary,
            int positions,
            boolean sharedClassifier) {}

    /// Maps a file.
    ///
    /// @throws SkiveException when it is missing, or is no such checkpoint
    public static LlamaCheckpoint read(Path path) {
        try {
            if (Files.exists(path) && !Files.isRegularFile(path)) {
                throw new SkiveException(ExitCode.IO, "'%s' is not a plain file".formatted(path));
            }
            try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
                return read(
                        channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto()),
                        "'%s'".formatted(path));
            }
        } catch (NoSuchFileException e) {
            throw new SkiveException(ExitCode.IO, "no such file: '%s'".formatted(path), e);
        } catch (IOException e) {
            throw new SkiveException(ExitCode.IO, "cannot read '%s': %s".formatted(path, e.getMessage()), e);
        }
    }

    /// The tensors of a file that lies in memory.
    ///
    /// @param where names the file in messages
    /// @throws SkiveException when it is no such checkpoint
    public static LlamaCheckpoint read(MemorySegment file, String where) {
        if (file.byteSize() < HEADER_BYTES) {
            throw invalid(where, "%d bytes are no llama2.c checkpoint".formatted(file.byteSize()));
        }
        Header header = header(file, where);
        long expected = new Walk(header, MemorySegment.NULL).bytes();
        long found = file.byteSize() - HEADER_BYTES;
        if (found != expected) {
            throw invalid(
                    where,
                    "the tensors of a llama2.c checkpoint with %s take %s bytes, found %d"
                            .formatted(header, expected == Long.MAX_VALUE ? "too many" : expected, found));
        }
        return new LlamaCheckpoint(header, new Walk(header, file.asSlice(HEADER_BYTES)).tensors());
    }

    private static Header header(MemorySegment file, String where) {
        int vocabulary = number(file, 5);
        var header =
                new Header(
                        number(file, 0),
                        number(file, 1),
                        number(file, 2),
                        number(file, 3),
                        number(file, 4),
                        Math.abs(vocabulary),
                        number(file, 6),
                        vocabulary > 0);
        boolean sound =
                isSize(header.dim)
                        && isSize(header.hidden)
                        && header.layers > 0
                        && header.layers <= MAXIMUM_LAYERS
                        && isSize(header.heads)
                        && isSize(header.keyHeads)
                        && isSize(header.vocabulary)
                        && isSize(header.positions)
                        && header.dim % header.heads == 0
                        && header.heads % header.keyHeads == 0
                        && header.dim / header.heads % 2 == 0;
        if (!sound) {
            throw invalid(where, "the header of a llama2.c checkpoint cannot be %s".formatted(header));
        }
        return header;
    }

    private static boolean isSize(int number) {
        return number > 0 && number <= MAXIMUM_SIZE;
    }

    private static int number(MemorySegment file, int index) {
        return file.getAtIndex(Elements.INT, index);
    }

    private static SkiveException invalid(String where, String problem) {
        return new SkiveException(ExitCode.INVALID_MODEL, "%s: %s".formatted(where, problem));
    }

    /// Goes through the tensors of a file in their order.
    private static final class Walk {
        private final Header header;
        private final MemorySegment data;
        private final ImmutableMap.Builder<String, TensorData> tensors = ImmutableMap.builder();
        private long at;

        Walk(Header header, MemorySegment data) {
            this.header = header;
            this.data = data;
        }

        /// How many bytes all tensors take.
        long bytes() {
            try {
                all();
                return at;
            } catch (ArithmeticException overflow) {
                return Long.MAX_VALUE;
            }
        }

        ImmutableMap<String, TensorData> tensors() {
            all();
            return tensors.buildOrThrow();
        }

        private void all() {
            long dim = header.dim;
            long keys = dim / header.heads * header.keyHeads;
            long half = dim / header.heads / 2;
            take("tok_embeddings.weight", header.vocabulary, dim);
            MemorySegment embeddings = data.byteSize() == 0 ? data : data.asSlice(0, at);
            layers("attention_norm.weight", dim);
            layers("attention.wq.weight", dim, dim);
            layers("attention.wk.weight", keys, dim);
            layers("attention.wv.weight", keys, dim);
            layers("attention.wo.weight", dim, dim);
            layers("ffn_norm.weight", dim);
            layers("feed_forward.w1.weight", header.hidden, dim);
            layers("feed_forward.w2.weight", dim, header.hidden);
            layers("feed_forward.w3.weight", header.hidden, dim);
            take("norm.weight", dim);
            take("freqs_cos", header.positions, half);
            take("freqs_sin", header.positions, half);
            if (!header.sharedClassifier) {
                take("output.weight", header.vocabulary, dim);
            } else if (embeddings.byteSize() > 0) {
                tensors.put(
                        "output.weight",
                        TensorData.wrap(ElementType.FLOAT32, new long[] {header.vocabulary, dim}, embeddings));
            }
        }

        private void layers(String name, long... sizes) {
            for (int layer = 0; layer < header.layers; layer++) {
                take("layers.%d.%s".formatted(layer, name), sizes);
            }
        }

        private void take(String name, long... sizes) {
            long count = 1;
            for (long size : sizes) {
                count = Math.multiplyExact(count, size);
            }
            long end = Math.addExact(at, Math.multiplyExact(count, (long) Float.BYTES));
            if (data.byteSize() > 0) {
                tensors.put(name, TensorData.wrap(ElementType.FLOAT32, sizes, data.asSlice(at, end - at)));
            }
            at = end;
        }
    }
}
