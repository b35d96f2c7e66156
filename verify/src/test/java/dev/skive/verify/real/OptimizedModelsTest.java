package dev.skive.verify.real;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import dev.skive.frontend.onnx.ExportOptions;
import dev.skive.frontend.onnx.OnnxExporter;
import dev.skive.frontend.onnx.OnnxImporter;
import dev.skive.frontend.onnx.proto.AttributeProto;
import dev.skive.frontend.onnx.proto.GraphProto;
import dev.skive.frontend.onnx.proto.ModelProto;
import dev.skive.frontend.onnx.proto.NodeProto;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.graph.Graph;
import dev.skive.passes.PassContext;
import dev.skive.passes.pipeline.PassManager;
import dev.skive.passes.pipeline.PassRegistry;
import dev.skive.passes.pipeline.Pipeline;
import dev.skive.verify.ModelFiles;
import dev.skive.verify.input.InputGenerator;
import dev.skive.verify.input.Masks;
import dev.skive.verify.metric.Comparer;
import dev.skive.verify.metric.Tolerance;
import dev.skive.verify.ort.OrtOptions;
import dev.skive.verify.ort.OrtReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.opentest4j.TestAbortedException;

/// Real models, optimized and written back as ONNX.
final class OptimizedModelsTest {
    private static final Path TABLE = Path.of("..", "docs", "optimize.md");
    private static final OrtOptions NODE_BY_NODE = OrtOptions.DEFAULT.withOptimization(OrtOptions.Optimization.NONE);

    /// Models that compute weights from others. ONNX Runtime prepares weights that are constants, whatever it is asked to
    /// optimize, and adds up their products in another order.
    private static final Set<String> COMPUTE_WEIGHTS = Set.of("mnist", "ternary");

    @TempDir private Path folder;

    /// Nodes of a model, those of graphs inside nodes included.
    ///
    /// @param computing the nodes but for constants
    /// @param constants nodes that only hold a constant
    private record Count(long computing, long constants) {
        static Count of(Path file) throws IOException {
            List<NodeProto> nodes = nodes(ModelProto.parseFrom(Files.readAllBytes(file)).getGraph()).toList();
            long constants = nodes.stream().filter(node -> node.getOpType().equals("Constant")).count();
            return new Count(nodes.size() - constants, constants);
        }

        private static Stream<NodeProto> nodes(GraphProto graph) {
            return graph.getNodeList().stream()
                    .flatMap(node ->
                            Stream.concat(
                                    Stream.of(node),
                                    node.getAttributeList().stream().flatMap(Count::graphs).flatMap(Count::nodes)));
        }

        private static Stream<GraphProto> graphs(AttributeProto attribute) {
            return Stream.concat(
                    attribute.hasG() ? Stream.of(attribute.getG()) : Stream.empty(),
                    attribute.getGraphsList().stream());
        }
    }

    /// A model and what it is run with.
    ///
    /// @param name in the table
    /// @param file where it is, if it is here
    /// @param inputs made up for it
    record Subject(String name, Supplier<Path> file, Function<Graph, List<Map<String, Tensor>>> inputs) {
        static Subject encoder(String resource) {
            return new Subject(
                    resource.replace(".onnx", ""),
                    () -> ModelFiles.file(resource),
                    graph -> List.of(new InputGenerator(graph).generate(symbols(graph), Masks.FULL, 7)));
        }

        private static ImmutableMap<String, Long> symbols(Graph graph) {
            return graph.inputs().stream()
                    .flatMap(input -> input.shape().symbols().stream())
                    .distinct()
                    .collect(ImmutableMap.toImmutableMap(symbol -> symbol, symbol -> 9L));
        }

        static Subject of(RealModel model) {
            return new Subject(
                    model.name().toLowerCase(Locale.ROOT).replace('_', '-'), model::file, graph -> model.inputs(graph));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Subject> subjects() {
        return Stream.concat(
                Stream.of("all-minilm-l6-v2.onnx", "bge-small-en-v1.5.onnx").map(Subject::encoder),
                Stream.of(RealModel.values()).map(Subject::of));
    }

    private Path optimized(Graph graph, String pipeline) {
        Path file = folder.resolve("optimized.onnx");
        Graph result =
                new PassManager(Pipeline.parse(pipeline, PassRegistry.load())).run(graph, PassContext.quiet()).graph();
        new OnnxExporter(ExportOptions.DEFAULT).write(result, file);
        return file;
    }

    @ParameterizedTest
    @MethodSource("subjects")
    void exactOnesHaveNoMoreNodesAndTheSameBits(Subject model) throws IOException {
        Path source = model.file().get();
        Graph graph = new OnnxImporter().read(source);
        Path optimized = optimized(graph, "exact");

        assertThat(Count.of(optimized).computing()).isLessThanOrEqualTo(Count.of(source).computing());
        try (var before = OrtReference.open(source, NODE_BY_NODE);
                var after = OrtReference.open(optimized, NODE_BY_NODE)) {
            for (var inputs : model.inputs().apply(graph)) {
                var expected = before.run(inputs);
                var found = after.run(inputs);
                if (COMPUTE_WEIGHTS.contains(model.name())) {
                    assertThat(Comparer.compare(expected, found))
                            .allMatch(comparison -> comparison.isWithin(Tolerance.FLOAT32));
                } else {
                    assertThat(found).isEqualTo(expected);
                }
            }
        }
    }

    /// Run with `-Dskive.goldens=write` to rewrite the table on purpose.
    @Test
    void theTableSaysHowManyNodesThereAre() throws IOException {
        boolean writes = System.getProperty("skive.goldens", "").equals("write");
        var rows = new ArrayList<String>();
        for (Subject model : subjects().toList()) {
            try {
                rows.add(row(model));
            } catch (TestAbortedException absent) {
                // Its row stays as it is.
            }
        }
        if (writes) {
            String head =
                    Files.readString(TABLE)
                            .lines()
                            .takeWhile(line -> !line.startsWith("| `"))
                            .reduce("", (a, b) -> a + b + "\n");
            Files.writeString(TABLE, head + String.join("\n", rows) + "\n");
        }
        assertThat(Files.readString(TABLE).lines()).containsAll(rows);
    }

    private String row(Subject model) throws IOException {
        Count before = Count.of(model.file().get());
        Graph graph = new OnnxImporter().read(model.file().get());
        Count exact = Count.of(optimized(graph, "exact"));
        Count fused = Count.of(optimized(graph, "exact,fuse"));
        return "| `%s` | %d | %d | %d | %d |"
                .formatted(model, before.computing(), before.constants(), exact.computing(), fused.computing());
    }
}
