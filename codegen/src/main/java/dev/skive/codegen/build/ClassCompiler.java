package dev.skive.codegen.build;

import com.google.common.collect.ImmutableMap;
import dev.skive.codegen.GeneratedModel;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/// Compiles generated sources in memory.
final class ClassCompiler {
    private static final List<String> OPTIONS =
            List.of(
                    "--add-modules",
                    "jdk.incubator.vector",
                    "-Xlint:all,-incubating,-path",
                    "-Werror",
                    "-proc:none",
                    "-g");

    private ClassCompiler() {}

    /// The class files of a model by path.
    ///
    /// @throws AssertionError when the sources do not compile, which is a defect of the generator
    static ImmutableMap<String, byte[]> compile(GeneratedModel model) {
        return compile(List.of(model));
    }

    /// The class files of models by path, from one run of the compiler: most of what compiling a small model costs is
    /// starting. The models are in packages of their own.
    ///
    /// @throws AssertionError when the sources of any of them do not compile
    static ImmutableMap<String, byte[]> compile(List<GeneratedModel> models) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new IllegalStateException("this Java has no compiler; use a JDK, not a JRE");
        }
        var messages = new StringWriter();
        var classes = new LinkedHashMap<String, ByteArrayOutputStream>();
        try (var files = new MemoryFiles(compiler.getStandardFileManager(null, null, null), classes)) {
            List<String> options = new java.util.ArrayList<>(OPTIONS);
            options.addAll(List.of("-classpath", classPath()));
            List<Source> sources =
                    models.stream()
                            .flatMap(model -> model.sources().entrySet().stream())
                            .map(entry -> new Source(entry.getKey(), entry.getValue()))
                            .toList();
            if (!compiler.getTask(messages, files, null, options, null, sources).call()) {
                List<String> names = models.stream().map(GeneratedModel::mainClass).toList();
                throw new AssertionError("generated sources of " + names + " do not compile:\n" + messages);
            }
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return classes.entrySet().stream()
                .collect(ImmutableMap.toImmutableMap(Map.Entry::getKey, entry -> entry.getValue().toByteArray()));
    }

    /// Where the runtime's classes are.
    private static String classPath() {
        try {
            return Path.of(dev.skive.runtime.Model.class.getProtectionDomain().getCodeSource().getLocation().toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("cannot find the runtime's classes", e);
        }
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String path, String text) {
            super(URI.create("string:///" + path.replace(File.separatorChar, '/')), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private static final class MemoryFiles extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, ByteArrayOutputStream> classes;

        MemoryFiles(JavaFileManager files, Map<String, ByteArrayOutputStream> classes) {
            super(files);
            this.classes = classes;
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
            String path = className.replace('.', '/') + ".class";
            return new SimpleJavaFileObject(URI.create("memory:///" + path), kind) {
                @Override
                public OutputStream openOutputStream() {
                    var bytes = new ByteArrayOutputStream();
                    classes.put(path, bytes);
                    return bytes;
                }
            };
        }
    }
}
