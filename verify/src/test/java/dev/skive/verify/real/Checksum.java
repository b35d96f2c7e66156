package dev.skive.verify.real;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// SHA-256 of what was downloaded.
final class Checksum {
    private Checksum() {}

    /// The bytes, when they are those expected.
    ///
    /// @throws AssertionError when they are others
    static byte[] check(String what, byte[] bytes, String expected) {
        String found = HexFormat.of().formatHex(sha256().digest(bytes));
        if (!found.equals(expected)) {
            throw new AssertionError("%s has SHA-256 %s, expected %s".formatted(what, found, expected));
        }
        return bytes;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
