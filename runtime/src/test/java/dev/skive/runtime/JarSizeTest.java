package dev.skive.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/// The runtime travels with every generated class, so it stays small.
final class JarSizeTest {
    private static final int MOST_BYTES = 150 * 1024;

    @Test
    void theJarStaysSmall() throws IOException, URISyntaxException {
        Path classes = Path.of(Model.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        var jar = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(jar);
                Stream<Path> tree = Files.walk(classes)) {
            List<Path> files = tree.filter(Files::isRegularFile).toList();
            assertThat(files).isNotEmpty();
            for (Path file : files) {
                zip.putNextEntry(new ZipEntry(classes.relativize(file).toString()));
                Files.copy(file, zip);
            }
        }
        assertThat(jar.size()).isLessThan(MOST_BYTES);
    }
}
