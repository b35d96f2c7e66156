import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The contents that passed the last check that found nothing, so that they need no second look.
///
/// @param hashes one hash per file that passed, and that of the checks themselves
record Passed(Set<String> hashes) {
    private static final Path RECORD = Path.of("target", "sources", "passed");
    private static final Path CHECKS = Path.of("config", "sources");

    static Passed load() throws IOException {
        Set<String> hashes = Files.exists(RECORD) ? Set.copyOf(Files.readAllLines(RECORD)) : Set.of();
        return new Passed(hashes.containsAll(checks()) ? hashes : Set.of());
    }

    static void store(List<Path> files) throws IOException {
        Files.createDirectories(RECORD.getParent());
        Files.write(RECORD, Stream.concat(checks().stream(), files.stream().map(Passed::hash)).sorted().toList());
    }

    boolean contains(Path file) {
        return hashes.contains(hash(file));
    }

    private static Set<String> checks() throws IOException {
        try (Stream<Path> files = Files.list(CHECKS)) {
            return files.map(Passed::hash).collect(Collectors.toSet());
        }
    }

    /// The path counts, because the limits of a test differ from those of a main file.
    private static String hash(Path file) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(file.toString().getBytes());
            return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
