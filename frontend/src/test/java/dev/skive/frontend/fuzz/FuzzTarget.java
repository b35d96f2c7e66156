package dev.skive.frontend.fuzz;

import java.util.Locale;
import java.util.function.Consumer;

/// The readers that are fuzzed.
public enum FuzzTarget {
    /// A model file, from bytes to a graph.
    ONNX(OnnxFuzz.class, OnnxFuzz::fuzzerTestOneInput),
    /// The entries that say where external data is.
    EXTERNAL_DATA(ExternalDataFuzz.class, ExternalDataFuzz::fuzzerTestOneInput),
    /// A safetensors file.
    SAFETENSORS(SafetensorsFuzz.class, SafetensorsFuzz::fuzzerTestOneInput),
    /// A checkpoint of llama2.c.
    LLAMA(LlamaFuzz.class, LlamaFuzz::fuzzerTestOneInput),
    /// A text in one of the languages.
    LANGUAGE(LanguageFuzz.class, LanguageFuzz::fuzzerTestOneInput),
    /// A NumPy array.
    NPY(NpyFuzz.class, NpyFuzz::fuzzerTestOneInput),
    /// A zip of NumPy arrays.
    NPZ(NpzFuzz.class, NpzFuzz::fuzzerTestOneInput);

    private final Class<?> entry;

    @SuppressWarnings("ImmutableEnumChecker")
    private final Consumer<byte[]> run;

    FuzzTarget(Class<?> entry, Consumer<byte[]> run) {
        this.entry = entry;
        this.run = run;
    }

    /// The class that Jazzer starts.
    public String className() {
        return entry.getName();
    }

    /// Runs the reader once.
    public void run(byte[] bytes) {
        run.accept(bytes);
    }

    /// The name of its folders, `external-data` for example.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
