import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The build's judge of source files: one formatting, and the hard stops on size. It reads whatever the compiler of its
/// own JDK reads, and looks only at files that changed since all of them last passed.
///
/// `check` reports and fails, `format` rewrites. Generated sources are exempt because they are not under a `src` folder.
final class Sources {
    private Sources() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 2) {
            throw new IllegalArgumentException("expected 'check' or 'format', and 'all' or modules");
        }
        List<Path> files = files(arguments[1]);
        switch (arguments[0]) {
            case "check" -> check(files);
            case "format" -> format(files);
            default -> throw new IllegalArgumentException("unknown action " + arguments[0]);
        }
    }

    private static void check(List<Path> files) throws IOException {
        var passed = Passed.load();
        List<String> problems =
                Stream.concat(
                                files.parallelStream()
                                        .filter(file -> !passed.contains(file))
                                        .flatMap(Sources::problems),
                                Sizes.packagesWithoutInfo(files))
                        .sorted()
                        .toList();
        if (problems.isEmpty()) {
            Passed.store(files);
            return;
        }
        problems.forEach(System.out::println);
        System.out.println("To format: mvn -N -Pformat validate");
        System.exit(1);
    }

    private static Stream<String> problems(Path file) {
        try {
            Stream<String> style = Style.isFormatted(file) ? Stream.of() : Stream.of(file + ": not formatted");
            return Stream.concat(style, Sizes.problems(file));
        } catch (IllegalStateException e) {
            return Stream.of(e.getMessage());
        }
    }

    private static void format(List<Path> files) {
        files.parallelStream().filter(Style::format).forEach(file -> System.out.println("formatted " + file));
    }

    private static List<Path> files(String modules) throws IOException {
        var files = new ArrayList<Path>();
        for (Path module : modules(modules)) {
            try (Stream<Path> tree = Files.walk(module.resolve("src"))) {
                tree.filter(file -> file.toString().endsWith(".java")).forEach(files::add);
            }
        }
        return files;
    }

    private static List<Path> modules(String wanted) throws IOException {
        Set<String> names = Set.of(wanted.split(","));
        try (Stream<Path> children = Files.list(Path.of(""))) {
            return children.filter(child -> Files.isDirectory(child.resolve("src")))
                    .filter(child -> wanted.equals("all") || names.contains(child.toString()))
                    .sorted()
                    .toList();
        }
    }
}
