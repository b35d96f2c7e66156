package dev.skive.cli.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// Copies a stream of unknown length up to a limit.
///
/// @param limit most bytes that are copied
record LimitedCopy(long limit) {
    private static final int CHUNK = 1 << 16;

    /// The number of bytes copied, or -1 when there were more than the limit.
    long transfer(InputStream in, OutputStream out) throws IOException {
        var chunk = new byte[CHUNK];
        long total = 0;
        for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
            total += count;
            if (total > limit) {
                return -1;
            }
            out.write(chunk, 0, count);
        }
        return total;
    }
}
