package dev.skive.frontend.hostile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// The hostile models in a folder with what their paths lead to: data outside, and links to it.
public final class HostileFolder {
    /// What the data outside is made of.
    static final byte SECRET = (byte) 0xEE;

    private static final int BYTES = 64;

    private HostileFolder() {}

    /// Makes the folder `models` in `outside`.
    static Path make(Path outside) throws IOException {
        Path folder = Files.createDirectory(outside.resolve("models"));
        var secret = new byte[BYTES];
        Arrays.fill(secret, SECRET);
        Path data = Files.write(outside.resolve("outside.bin"), secret);
        for (var file : HostileCorpus.files().entrySet()) {
            Files.write(folder.resolve(file.getKey()), file.getValue());
        }
        Files.createSymbolicLink(folder.resolve("link.bin"), data);
        Files.createLink(folder.resolve("hard.bin"), data);
        Files.createSymbolicLink(folder.resolve("up"), outside);
        return folder;
    }
}
