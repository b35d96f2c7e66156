package dev.skive.frontend.weights;

import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// The folder of a model, in which its other files lie. A model is untrusted: what it names must be plain files inside.
///
/// @param folder the folder
/// @param allowLinks whether files may be symbolic or hard links, and so lie outside
public record ModelFolder(Path folder, boolean allowLinks) {
    /// A part `..` anywhere (on Windows also with dots or spaces after it), a root, or a scheme or drive: what any system
    /// might take for a way out is refused on every system.
    private static final Pattern LEADS_OUT =
            Pattern.compile(
                    "(^|[/\\\\])\\s*\\.\\.[. ]*([/\\\\]|$)|^[/\\\\~]|^[A-Za-z][A-Za-z0-9+.-]*:|_ORT_MEM_ADDR_|\\p{Cntrl}");

    /// A file in this folder.
    ///
    /// @param location its path, relative to the folder, as the model gives it
    /// @param kind what messages call it: `external data`, for example
    /// @throws SkiveException when it is missing or unsafe
    public Path resolve(String location, String kind) {
        Path file = folder.resolve(relative(location, kind));
        if (!Files.exists(file)) {
            throw new SkiveException(ExitCode.IO, "%s file '%s' is missing in '%s'".formatted(kind, location, folder));
        }
        try {
            if (!Files.isRegularFile(file)) {
                throw refused("%s '%s' is not a plain file".formatted(kind, location));
            }
            if (!allowLinks) {
                refuseLinks(location, kind, file);
            }
            return file;
        } catch (IOException e) {
            throw new SkiveException(ExitCode.IO, "cannot read %s '%s'".formatted(kind, location), e);
        }
    }

    private static Path relative(String location, String kind) {
        if (location.isEmpty()) {
            throw refused("%s has no location".formatted(kind));
        }
        try {
            Path path = Path.of(location);
            if (path.isAbsolute() || LEADS_OUT.matcher(location).find()) {
                throw refused("%s '%s' is not inside the model's folder".formatted(kind, location));
            }
            return path;
        } catch (InvalidPathException e) {
            throw refused("%s location is not a path: %s".formatted(kind, e.getReason()));
        }
    }

    private void refuseLinks(String location, String kind, Path file) throws IOException {
        Path expected = folder.toRealPath().resolve(folder.relativize(file.normalize()));
        if (!file.toRealPath().equals(expected)) {
            throw refused("%s '%s' leads through a symbolic link; copy the file".formatted(kind, location));
        }
        boolean unix = file.getFileSystem().supportedFileAttributeViews().contains("unix");
        if (unix && ((Integer) Files.getAttribute(file, "unix:nlink", LinkOption.NOFOLLOW_LINKS)) > 1) {
            throw refused("%s '%s' is a hard link; copy the file".formatted(kind, location));
        }
    }

    private static SkiveException refused(String problem) {
        return new SkiveException(ExitCode.REFUSED, problem);
    }
}
