package dev.skive.cli.model;

import dev.skive.frontend.onnx.Limit;
import dev.skive.frontend.onnx.Limits;
import picocli.CommandLine.Option;

/// The options that say how much of an untrusted model is read: one for each [Limit].
@SuppressWarnings("UnusedMethod") // picocli calls them.
public final class LimitArguments {
    private Limits limits = Limits.DEFAULT;

    /// The limits asked for.
    public Limits limits() {
        return limits;
    }

    @Option(
            names = "--limit-model-bytes",
            paramLabel = "SIZE",
            converter = ByteCount.class,
            description = "Most bytes in the model file, external data not counted (default: 2GiB).")
    private void modelBytes(Long most) {
        limits = limits.with(Limit.MODEL_BYTES, most);
    }

    @Option(
            names = "--limit-text-model-bytes",
            paramLabel = "SIZE",
            converter = ByteCount.class,
            description = "Most bytes of a model that is text, weights not counted (default: 16MiB).")
    private void textModelBytes(Long most) {
        limits = limits.with(Limit.TEXT_MODEL_BYTES, most);
    }

    @Option(
            names = "--limit-fields",
            paramLabel = "N",
            converter = ByteCount.class,
            description = "Most fields of the model file: names, nodes, attributes, sizes (default: 20000000).")
    private void fields(Long most) {
        limits = limits.with(Limit.FIELDS, most);
    }

    @Option(
            names = "--limit-nodes",
            paramLabel = "N",
            converter = ByteCount.class,
            description = "Most nodes, calls of functions counted with their bodies (default: 1000000).")
    private void nodes(Long most) {
        limits = limits.with(Limit.NODES, most);
    }

    @Option(
            names = "--limit-tensors",
            paramLabel = "N",
            converter = ByteCount.class,
            description = "Most tensors (default: 1000000).")
    private void tensors(Long most) {
        limits = limits.with(Limit.TENSORS, most);
    }

    @Option(
            names = "--limit-attributes",
            paramLabel = "N",
            converter = ByteCount.class,
            description = "Most attributes of a node (default: 1000).")
    private void attributes(Long most) {
        limits = limits.with(Limit.ATTRIBUTES, most);
    }

    @Option(
            names = "--limit-nesting",
            paramLabel = "N",
            converter = ByteCount.class,
            description = "Most graphs or functions within each other (default: 32).")
    private void nesting(Long most) {
        limits = limits.with(Limit.NESTING, most);
    }

    @Option(
            names = "--limit-rank",
            paramLabel = "N",
            converter = ByteCount.class,
            description = "Most axes of a tensor (default: 64).")
    private void rank(Long most) {
        limits = limits.with(Limit.RANK, most);
    }

    @Option(
            names = "--limit-name-length",
            paramLabel = "N",
            converter = ByteCount.class,
            description = "Most characters of a name (default: 4096).")
    private void nameLength(Long most) {
        limits = limits.with(Limit.NAME_LENGTH, most);
    }

    @Option(
            names = "--limit-text-bytes",
            paramLabel = "SIZE",
            converter = ByteCount.class,
            description = "Most bytes of a text (default: 1MiB).")
    private void textBytes(Long most) {
        limits = limits.with(Limit.TEXT_BYTES, most);
    }

    @Option(
            names = "--limit-tensor-bytes",
            paramLabel = "SIZE",
            converter = ByteCount.class,
            description = "Most bytes of a constant (default: 64GiB).")
    private void tensorBytes(Long most) {
        limits = limits.with(Limit.TENSOR_BYTES, most);
    }

    @Option(
            names = "--limit-external-bytes",
            paramLabel = "SIZE",
            converter = ByteCount.class,
            description = "Most bytes of all external data (default: 1TiB).")
    private void externalBytes(Long most) {
        limits = limits.with(Limit.EXTERNAL_BYTES, most);
    }

    @Option(
            names = "--limit-value-bytes",
            paramLabel = "SIZE",
            converter = ByteCount.class,
            description = "Most bytes of a value that is computed (default: 16GiB).")
    private void valueBytes(Long most) {
        limits = limits.with(Limit.VALUE_BYTES, most);
    }

    @Option(
            names = "--limit-memory-bytes",
            paramLabel = "SIZE",
            converter = ByteCount.class,
            description = "Most bytes of memory for sparse tensors and numbers in typed fields (default: 1GiB).")
    private void memoryBytes(Long most) {
        limits = limits.with(Limit.MEMORY_BYTES, most);
    }

    @Option(
            names = "--limit-folded-bytes",
            paramLabel = "SIZE",
            converter = ByteCount.class,
            description =
                    "Most bytes that folding constants may add; the rest is computed at run time (default: 256MiB).")
    private void foldedBytes(Long most) {
        limits = limits.with(Limit.FOLDED_BYTES, most);
    }
}
