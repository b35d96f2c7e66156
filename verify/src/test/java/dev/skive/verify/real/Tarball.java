package dev.skive.verify.real;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/// A compressed tar archive, as npm packs.
final class Tarball {
    private static final int BLOCK = 512;
    private static final int NAME = 100;
    private static final int SIZE_AT = 124;
    private static final int SIZE_END = 135;

    private Tarball() {}

    /// The bytes of an entry.
    static Optional<byte[]> entry(byte[] archive, String name) throws IOException {
        try (var in = new DataInputStream(new GZIPInputStream(new ByteArrayInputStream(archive)))) {
            while (true) {
                byte[] header = in.readNBytes(BLOCK);
                if (header.length < BLOCK || header[0] == 0) {
                    return Optional.empty();
                }
                int size = Integer.parseInt(text(header, SIZE_AT, SIZE_END).strip(), 8);
                byte[] content = in.readNBytes(size);
                in.skipNBytes(Math.floorMod(-size, BLOCK));
                if (text(header, 0, NAME).equals(name)) {
                    return Optional.of(content);
                }
            }
        }
    }

    private static String text(byte[] header, int from, int to) {
        String field = new String(header, from, to - from, StandardCharsets.US_ASCII);
        int end = field.indexOf(0);
        return end < 0 ? field : field.substring(0, end);
    }
}
