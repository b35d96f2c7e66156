package dev.skive.cli.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelSourceTest {
    @TempDir Path folder;

    @Test
    void copiesAJarEntryForAsLongAsItIsOpen() throws IOException {
        Path jar = jar("models/tiny.onnx");
        Path copy;
        try (var source = ModelSource.open(jar + "!models/tiny.onnx")) {
            copy = source.file();
            assertThat(copy).hasContent("model");
            assertThat(source.name()).isEqualTo("tiny");
        }
        assertThat(copy).doesNotExist();
        assertThat(copy.getParent()).doesNotExist();
    }

    @Test
    void entryNamesDoNotBecomePaths() throws IOException {
        Path jar = jar("../..");
        try (var source = ModelSource.open(jar + "!../..")) {
            assertThat(source.file().getFileName()).hasToString("model.onnx");
        }
    }

    @Test
    void leavesFilesAlone() throws IOException {
        Path file = Files.writeString(folder.resolve("a.b.onnx"), "model");
        try (var source = ModelSource.open(file.toString())) {
            assertThat(source.name()).isEqualTo("a.b");
        }
        assertThat(file).exists();
    }

    private Path jar(String entry) throws IOException {
        Path jar = folder.resolve("models.jar");
        try (OutputStream out = Files.newOutputStream(jar);
                var zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry(entry));
            zip.write("model".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        return jar;
    }
}
