package dev.skive.cli.model;

import com.google.common.collect.ImmutableList;
import dev.skive.cli.console.Console;
import dev.skive.cli.console.Table;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.Shape;
import dev.skive.passes.residual.Absence;
import dev.skive.passes.residual.Block;
import dev.skive.passes.residual.BlockCost;
import dev.skive.passes.residual.LayerTemplate;
import dev.skive.passes.residual.ResidualStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The residual streams of a network as a report.
///
/// @param streams the streams in order
/// @param reason why there are none; empty when there are
/// @param sizes the sizes that the work is counted for
public record BlockSummary(ImmutableList<Stream> streams, String reason, SymbolSizes sizes) {
    /// One stream.
    ///
    /// @param type what it carries
    /// @param blocks what is added to it, in order
    public record Stream(String type, ImmutableList<Row> blocks) {}

    /// One block.
    ///
    /// @param number its place in the stream
    /// @param kind what it computes
    /// @param norm where it is normalized
    /// @param parameters elements of its weights
    /// @param flopsPerToken work per position of the stream
    /// @param template blocks of equal letters are the same function of other weights
    /// @param roles what its weights are for
    /// @param node where the block ends in the model file
    public record Row(
            int number,
            String kind,
            String norm,
            long parameters,
            long flopsPerToken,
            String template,
            String roles,
            String node) {}

    /// The streams of a graph whose norms and attention are one operator each.
    public static BlockSummary of(Graph graph, SymbolSizes sizes) {
        List<LayerTemplate> templates = new ArrayList<>();
        ImmutableList<Stream> streams =
                ResidualStream.find(graph).stream()
                        .map(stream -> stream(graph, stream, templates, sizes.sizes()))
                        .collect(ImmutableList.toImmutableList());
        return new BlockSummary(streams, streams.isEmpty() ? Absence.reason(graph) : "", sizes);
    }

    private static Stream stream(
            Graph graph, ResidualStream stream, List<LayerTemplate> templates, Map<String, Long> sizes) {
        Shape shape = stream.type().shape();
        // Channels lie along the last axis of sequences and along the second of pictures.
        int channels = shape.rank() == 4 ? 1 : shape.rank() - 1;
        Dim tokens = shape.with(channels, Dim.ONE).elementCount();
        return new Stream(
                stream.type().toString(),
                stream.blocks().stream()
                        .map(block -> row(graph, block, templates, evaluate(tokens, sizes), sizes))
                        .collect(ImmutableList.toImmutableList()));
    }

    private static Row row(
            Graph graph, Block block, List<LayerTemplate> templates, long tokens, Map<String, Long> sizes) {
        LayerTemplate template = block.layer().template();
        if (!templates.contains(template)) {
            templates.add(template);
        }
        BlockCost cost = BlockCost.of(block);
        return new Row(
                block.number(),
                block.kind().toString(),
                block.norm().toString(),
                cost.parameters(),
                evaluate(cost.flops(), sizes) / Math.max(1, tokens),
                letters(templates.indexOf(template)),
                block.weights().values().stream().distinct().map(Object::toString).collect(Collectors.joining(" ")),
                String.join(", ", graph.origin(block.sum()).sources()));
    }

    private static long evaluate(Dim dim, Map<String, Long> sizes) {
        return dim.symbols().stream().allMatch(sizes::containsKey) ? dim.evaluate(sizes) : 0;
    }

    /// A, B, ..., Z, AA, AB, ...
    private static String letters(int index) {
        return (index < 26 ? "" : letters(index / 26 - 1)) + (char) ('A' + index % 26);
    }

    /// Prints a table per stream.
    public void print(Console console) {
        if (streams.isEmpty()) {
            console.print("residual streams: none found, because " + reason);
            return;
        }
        String counted = sizes.sizes().isEmpty() ? "" : ", work counted for " + sizes;
        console.print("residual streams: %d%s".formatted(streams.size(), counted));
        for (Stream stream : streams) {
            console.print("");
            console.print("%s, %d blocks".formatted(stream.type(), stream.blocks().size()));
            var table =
                    new Table("block", "kind", "norm", "parameters", "FLOPs/token", "template", "weights", "ends at");
            for (Row row : stream.blocks()) {
                table.row(
                        row.number(),
                        row.kind(),
                        row.norm(),
                        "%d".formatted(row.parameters()),
                        "%d".formatted(row.flopsPerToken()),
                        row.template(),
                        row.roles(),
                        row.node());
            }
            console.print(table.toString());
        }
    }
}
