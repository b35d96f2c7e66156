package dev.skive.runtime;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// SHA-256 of a weights file while it goes by.
final class WeightsDigest {
    static final int CHUNK = 1 << 16;

    private final MessageDigest digest;

    WeightsDigest() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    void add(byte[] bytes, int count) {
        digest.update(bytes, 0, count);
    }

    void add(MemorySegment segment) {
        byte[] chunk = new byte[CHUNK];
        for (long at = 0; at < segment.byteSize(); at += CHUNK) {
            int count = (int) Math.min(CHUNK, segment.byteSize() - at);
            MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, at, chunk, 0, count);
            add(chunk, count);
        }
    }

    /// The digest in lower-case hexadecimal digits. Nothing can be added afterwards.
    String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
