package dev.skive.codegen.build;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import dev.skive.codegen.GeneratedModel;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.runtime.Model;
import dev.skive.runtime.ModelOptions;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/// Loads compiled models into this JVM, each with a class loader of its own.
public final class ModelLoader {
    private ModelLoader() {}

    /// Compiles a model in memory and loads it; its weights go through a temporary file.
    public static Model compile(GeneratedModel model, ModelOptions options) throws IOException {
        return new Compiled(model).load(options);
    }

    /// Compiles models in memory in one run of the compiler, each in a package of its own. Small models compile in a
    /// fraction of the time that one run for each would take.
    ///
    /// @throws AssertionError when the sources of any of them do not compile, which is a defect of the generator
    /// @throws IllegalArgumentException when two models are in one package
    public static ImmutableList<Compiled> compileAll(List<GeneratedModel> models) throws IOException {
        long packages = models.stream().map(model -> model.options().packageName()).distinct().count();
        if (packages != models.size()) {
            throw new IllegalArgumentException("%d models are in %d packages".formatted(models.size(), packages));
        }
        ImmutableMap<String, byte[]> classes = ClassCompiler.compile(models);
        var compiled = ImmutableList.<Compiled>builder();
        for (GeneratedModel model : models) {
            String folder = model.options().packageName().replace('.', '/') + "/";
            compiled.add(
                    new Compiled(
                            model,
                            ImmutableMap.copyOf(
                                    Maps.filterKeys(
                                            classes,
                                            path ->
                                                    path.lastIndexOf('/') + 1 == folder.length()
                                                            && path.startsWith(folder)))));
        }
        return compiled.build();
    }

    /// A model compiled once and loaded as often as wanted. Closing it deletes its weights file; instances that are
    /// loaded already stay as they are.
    public static final class Compiled implements AutoCloseable {
        private final GeneratedModel model;
        private final ClassLoader loader;
        private final Path weights;

        /// Compiles a model in memory.
        public Compiled(GeneratedModel model) throws IOException {
            this(model, ClassCompiler.compile(model));
        }

        private Compiled(GeneratedModel model, ImmutableMap<String, byte[]> classes) throws IOException {
            this.model = model;
            this.loader = new MemoryLoader(classes);
            this.weights = Files.createTempFile("skive", ".weights");
            weights.toFile().deleteOnExit();
            model.writeWeights(weights);
        }

        @Override
        public void close() throws IOException {
            Files.deleteIfExists(weights);
        }

        /// An instance of the model.
        public Model load(ModelOptions options) {
            return invoke(loader, model.mainClass(), new Class<?>[] {Path.class, ModelOptions.class}, weights, options);
        }
    }

    /// Loads the model in a jar that `skive compile --jar` wrote.
    ///
    /// @throws SkiveException when the jar holds no model
    public static Model open(Path jar, ModelOptions options) throws IOException {
        String mainClass = modelClass(jar);
        var loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, Model.class.getClassLoader());
        return invoke(loader, mainClass, new Class<?>[] {ModelOptions.class}, options);
    }

    private static String modelClass(Path jar) throws IOException {
        try (var file = new JarFile(jar.toFile())) {
            return Optional.ofNullable(file.getManifest())
                    .map(Manifest::getMainAttributes)
                    .map(attributes -> attributes.getValue(ModelJar.MODEL_CLASS))
                    .orElseThrow(() ->
                            new SkiveException(
                                    ExitCode.INVALID_MODEL,
                                    jar + " holds no compiled model; write one with 'skive compile --jar'"));
        }
    }

    private static Model invoke(ClassLoader loader, String mainClass, Class<?>[] types, Object... arguments) {
        try {
            return (Model) loader.loadClass(mainClass).getMethod("load", types).invoke(null, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new SkiveException(ExitCode.INVALID_MODEL, mainClass + " is not a compiled model", e);
        }
    }

    private static final class MemoryLoader extends ClassLoader {
        private final ImmutableMap<String, byte[]> classes;

        MemoryLoader(ImmutableMap<String, byte[]> classes) {
            super(Model.class.getClassLoader());
            this.classes = classes;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            byte[] bytes = classes.get(name.replace('.', '/') + ".class");
            if (bytes == null) {
                throw new ClassNotFoundException(name);
            }
            return defineClass(name, bytes, 0, bytes.length);
        }
    }
}
