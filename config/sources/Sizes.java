import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/// The hard stops on size: lines of a file, lines of a method body, parameters. Record components are not parameters,
/// and an overriding method cannot choose its own.
final class Sizes extends TreePathScanner<Void, Void> {
    private static final int MAIN_FILE_LINES = 400;
    private static final int TEST_FILE_LINES = 600;
    private static final int METHOD_LINES = 50;
    private static final int PARAMETERS = 5;
    private static final Path TEST = Path.of("src", "test");
    private static final String PACKAGE_INFO = "package-info.java";

    private final Path file;
    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final List<String> problems = new ArrayList<>();

    private Sizes(Path file, CompilationUnitTree unit, SourcePositions positions) {
        this.file = file;
        this.unit = unit;
        this.positions = positions;
    }

    static Stream<String> problems(Path file) {
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var manager = compiler.getStandardFileManager(null, null, null)) {
            var task =
                    (JavacTask)
                            compiler.getTask(
                                    null,
                                    manager,
                                    problem -> {},
                                    List.of("-proc:none"),
                                    null,
                                    manager.getJavaFileObjects(file));
            var unit = task.parse().iterator().next();
            var sizes = new Sizes(file, unit, Trees.instance(task).getSourcePositions());
            sizes.checkFile();
            sizes.scan(unit, null);
            return sizes.problems.stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// One problem for each folder of main sources that lacks the file that says what belongs there.
    static Stream<String> packagesWithoutInfo(List<Path> files) {
        Set<Path> described =
                files.stream()
                        .filter(file -> file.endsWith(PACKAGE_INFO))
                        .map(Path::getParent)
                        .collect(Collectors.toSet());
        return files.stream()
                .filter(file -> !isTest(file))
                .map(Path::getParent)
                .distinct()
                .filter(folder -> !described.contains(folder))
                .map(folder -> folder + ": no " + PACKAGE_INFO);
    }

    @Override
    public Void visitMethod(MethodTree method, Void unused) {
        if (method.getBody() != null) {
            check(method, "lines in", lines(method.getBody()), METHOD_LINES);
        }
        if (!isExempt(method)) {
            check(method, "parameters of", method.getParameters().size(), PARAMETERS);
        }
        return super.visitMethod(method, unused);
    }

    private boolean isExempt(MethodTree method) {
        boolean overrides =
                method.getModifiers().getAnnotations().stream()
                        .anyMatch(annotation -> annotation.getAnnotationType().toString().equals("Override"));
        boolean constructsRecord =
                method.getName().contentEquals("<init>")
                        && getCurrentPath().getParentPath().getLeaf() instanceof ClassTree type
                        && type.getKind() == Tree.Kind.RECORD;
        return overrides || constructsRecord;
    }

    private void check(MethodTree method, String what, long found, int limit) {
        if (found > limit) {
            long line = line(positions.getStartPosition(unit, method));
            problems.add("%s:%d: %d %s %s, limit %d".formatted(file, line, found, what, method.getName(), limit));
        }
    }

    private void checkFile() {
        long lines = line(positions.getEndPosition(unit, unit));
        int limit = isTest(file) ? TEST_FILE_LINES : MAIN_FILE_LINES;
        if (lines > limit) {
            problems.add("%s: %d lines, limit %d".formatted(file, lines, limit));
        }
    }

    private long lines(BlockTree body) {
        return line(positions.getEndPosition(unit, body)) - line(positions.getStartPosition(unit, body)) + 1;
    }

    private long line(long position) {
        return unit.getLineMap().getLineNumber(position);
    }

    private static boolean isTest(Path file) {
        return file.subpath(1, 3).equals(TEST);
    }
}
