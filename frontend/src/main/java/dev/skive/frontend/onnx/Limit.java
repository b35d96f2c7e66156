package dev.skive.frontend.onnx;

import java.util.Locale;

/// What is bounded when an untrusted model is read. On the command line each is a flag.
public enum Limit {
    /// Size of the model file.
    MODEL_BYTES(Integer.MAX_VALUE, "bytes in the model file, external data not counted"),
    /// Size of a model file in the model language.
    TEXT_MODEL_BYTES(1 << 24, "bytes of a model that is text, weights not counted"),
    /// Fields of the file outside packed numbers and raw bytes, of which each becomes an object.
    FIELDS(20_000_000, "fields of the model file: names, nodes, attributes, sizes"),
    /// Nodes of all graphs and functions, calls of functions counted with their bodies.
    NODES(1_000_000, "nodes, calls of functions counted with their bodies"),
    /// Tensors anywhere in the file.
    TENSORS(1_000_000, "tensors"),
    /// Attributes of one node.
    ATTRIBUTES(1_000, "attributes of a node"),
    /// Graphs within graphs, and functions that call functions.
    NESTING(32, "graphs or functions within each other"),
    /// Axes of one tensor.
    RANK(64, "axes of a tensor"),
    /// Length of a name.
    NAME_LENGTH(4096, "characters of a name"),
    /// Length of one text among the data.
    TEXT_BYTES(1 << 20, "bytes of a text"),
    /// Size of one constant.
    TENSOR_BYTES(1L << 36, "bytes of a constant"),
    /// Size of all external data.
    EXTERNAL_BYTES(1L << 40, "bytes of all external data"),
    /// Size of one value that a run computes, where sizes are known.
    VALUE_BYTES(1L << 34, "bytes of a value that is computed"),
    /// Memory for constants that do not lie in a file as they are.
    MEMORY_BYTES(1L << 30, "bytes of memory for sparse tensors and numbers in typed fields"),
    /// Growth of a model when constants are folded; what would exceed it is left to the run.
    FOLDED_BYTES(1L << 28, "bytes that folding constants may add; the rest is computed at run time");

    private final long safe;
    private final String description;

    Limit(long safe, String description) {
        this.safe = safe;
        this.description = description;
    }

    /// The default: generous enough for every model known to us.
    public long safe() {
        return safe;
    }

    /// What is counted, in the plural.
    public String description() {
        return description;
    }

    /// The flag of the command line that sets it.
    public String flag() {
        return "--limit-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
