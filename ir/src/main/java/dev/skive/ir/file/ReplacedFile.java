package dev.skive.ir.file;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// A file written under a temporary name that takes its own name, in one step, when it is complete.
public final class ReplacedFile implements AutoCloseable {
    private static final int CHUNK = 1 << 30;

    private final Path target;
    private final Path temporary;
    private final FileChannel channel;

    /// A file that will replace `target`, or be it.
    ///
    /// @throws IOException when its folder does not exist, or it is a folder itself
    public ReplacedFile(Path target) throws IOException {
        this.target = target;
        Path folder = target.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new IOException("the folder '%s' does not exist".formatted(folder));
        }
        if (Files.isDirectory(target)) {
            throw new IOException("it is a folder");
        }
        // Not Files.createTempFile, whose files only their owner may read.
        String name = ".skive-%s-%s.tmp".formatted(Long.toHexString(System.nanoTime()), ProcessHandle.current().pid());
        this.temporary = folder.resolve(name);
        this.channel = FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /// Where to write.
    public FileChannel channel() {
        return channel;
    }

    /// Writes bytes to where a channel is, however many there are.
    public static void copy(MemorySegment bytes, FileChannel channel) throws IOException {
        for (long at = 0; at < bytes.byteSize(); at += CHUNK) {
            ByteBuffer buffer = bytes.asSlice(at, Math.min(CHUNK, bytes.byteSize() - at)).asByteBuffer();
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        }
    }

    /// Puts the file in its place.
    public void commit() throws IOException {
        channel.close();
        try {
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /// Removes what was not committed.
    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(temporary);
    }
}
