import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The one formatting: google-java-format with four spaces and 120 columns. Imports are one sorted block, and doc
/// comments keep their lines, because one line per heading is how operators are documented.
final class Style {
    private static final JavaFormatterOptions.Style LAYOUT =
            new JavaFormatterOptions.Style(2, 120, false, JavaFormatterOptions.ImportOrder.GOOGLE);

    private static final Formatter FORMATTER =
            new Formatter(JavaFormatterOptions.builder().style(LAYOUT).formatJavadoc(false).build());

    private Style() {}

    static boolean isFormatted(Path file) {
        String text = read(file);
        return formatted(file, text).equals(text);
    }

    /// Rewrites a file that is not formatted, and tells whether it did.
    static boolean format(Path file) {
        String text = read(file);
        String formatted = formatted(file, text);
        if (formatted.equals(text)) {
            return false;
        }
        try {
            Files.writeString(file, formatted);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return true;
    }

    private static String formatted(Path file, String text) {
        try {
            String trimmed = RemoveUnusedImports.removeUnusedImports(text);
            return FORMATTER.formatSource(ImportOrderer.reorderImports(trimmed, LAYOUT));
        } catch (FormatterException e) {
            throw new IllegalStateException(file + ": " + e.getMessage(), e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
