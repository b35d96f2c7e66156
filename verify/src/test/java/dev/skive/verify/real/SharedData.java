package dev.skive.verify.real;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/// The folder of models, text, audio and pictures that lies beside the sources: `shared/data` in some folder above this
/// module, or what the system property `skive.shared` says.
final class SharedData {
    private SharedData() {}

    /// A file of it.
    ///
    /// @throws TestAbortedException when it is not there
    static Path file(String path) {
        String given = System.getProperty("skive.shared", "");
        Stream<Path> places =
                given.isEmpty()
                        ? Stream.iterate(Path.of("").toAbsolutePath(), folder -> folder != null, Path::getParent)
                                .map(folder -> folder.resolve("shared/data"))
                        : Stream.of(Path.of(given));
        return places.map(folder -> folder.resolve(path))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow(() -> new TestAbortedException("not run, there is no shared/data/" + path));
    }
}
