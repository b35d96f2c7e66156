package dev.skive.passes.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.skive.frontend.onnx.OnnxImporter;
import dev.skive.ir.eval.Interpreter;
import dev.skive.ir.eval.Precision;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Input;
import dev.skive.ir.op.Source;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.TensorType;
import dev.skive.passes.PassContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the bundles make of models as their authors published them.
class WholeModelsTest {
    /// Half a unit in the last place of a float: how models round the constants of a formula.
    private static final double CONSTANT_ROUNDING = 0x1p-24;

    private static final ImmutableSet<String> BATCH_NAMES = ImmutableSet.of("batch", "batch_size");

    @TempDir private Path folder;

    private Graph resource(String name) throws IOException {
        Path path = folder.resolve(name);
        try (var stream = WholeModelsTest.class.getResourceAsStream("/" + name)) {
            Files.copy(Objects.requireNonNull(stream, name), path);
        }
        return new OnnxImporter().read(path);
    }

    private static Graph run(String pipeline, Graph graph) {
        return new PassManager(Pipeline.parse(pipeline, PassRegistry.load())).run(graph, PassContext.quiet()).graph();
    }

    private static Map<String, Integer> histogram(Graph graph) {
        var counts = new TreeMap<String, Integer>();
        graph.nodes().stream()
                .filter(node -> !(node.op() instanceof Source))
                .forEach(node -> counts.merge(node.op().mnemonic(), 1, Integer::sum));
        return counts;
    }

    private static Map<String, Integer> encoder(int layers) {
        var counts = new TreeMap<String, Integer>();
        counts.put("attention", layers);
        counts.put("gelu", layers);
        counts.put("layer-norm", 2 * layers + 1);
        counts.put("linear", 4 * layers);
        counts.put("add", 2 * layers);
        counts.put("slice", 3 * layers + 1);
        counts.put("embedding-sum", 1);
        counts.putAll(Map.of("reshape", 1, "cast", 1, "sub", 1, "mul", 1));
        return counts;
    }

    @Test
    void miniLmBecomesLayers() throws IOException {
        Graph graph = resource("all-minilm-l6-v2.onnx");

        Graph fused = run("simplify,fuse", graph);

        Map<String, Integer> expected = encoder(6);
        expected.putAll(Map.of("gather", 1, "linear", 25, "tanh", 1));
        assertThat(histogram(fused)).isEqualTo(expected);
        checkSame(graph, fused, 6);
    }

    @Test
    void bgeSmallBecomesLayers() throws IOException {
        Graph graph = resource("bge-small-en-v1.5.onnx");

        Graph fused = run("simplify,fuse", graph);

        assertThat(histogram(fused)).isEqualTo(encoder(12));
        checkSame(graph, fused, 12);
    }

    @Test
    void simplifyingMiniLmKeepsEveryBit() throws IOException {
        Graph graph = resource("all-minilm-l6-v2.onnx");
        Graph simplified = run("exact", graph);

        assertThat(simplified.nodes()).hasSizeLessThan(graph.nodes().size());
        var interpreter = new Interpreter(Precision.DECLARED);
        Map<String, Tensor> inputs = inputs(graph);
        assertThat(interpreter.run(simplified, inputs)).isEqualTo(interpreter.run(graph, inputs));
    }

    @ParameterizedTest
    @CsvSource({
        "vit-mnist/vit-mnist-opset13.onnx, 6, 12, 0, 7",
        "gpt-shakespeare/gpt-shakespeare-6x128-opset17.onnx, 6, 13, 0, 6",
        "tinystories-260k/stories260K.onnx, 5, 0, 11, 0",
        "babyllama-tok105/babyllama-tok105.onnx, 5, 0, 11, 0"
    })
    void sharedModelsBecomeLayers(String name, int attentions, int layerNorms, int rmsNorms, int gelus) {
        Path path = Path.of("..", "..", "shared", "data", "models").resolve(name);
        Assumptions.assumeTrue(Files.isRegularFile(path), "the shared models are not here");
        Graph graph = new OnnxImporter().read(path);

        Graph fused = run("simplify,fuse", graph);

        Map<String, Integer> counts = histogram(fused);
        assertThat(counts.getOrDefault("attention", 0)).isEqualTo(attentions);
        assertThat(counts.getOrDefault("layer-norm", 0)).isEqualTo(layerNorms);
        assertThat(counts.getOrDefault("rms-norm", 0)).isEqualTo(rmsNorms);
        assertThat(counts.getOrDefault("gelu", 0)).isEqualTo(gelus);
        assertThat(counts).doesNotContainKeys("softmax", "erf", "reduce-mean", "mat-mul");
        checkSame(graph, fused, attentions);
    }

    /// Compares in double precision, where only the rounded constants of the formulas differ.
    private static void checkSame(Graph before, Graph after, int layers) {
        var interpreter = new Interpreter(Precision.DOUBLE);
        Map<String, Tensor> inputs = inputs(before);
        ImmutableMap<String, Tensor> found = interpreter.run(after, inputs);
        interpreter
                .run(before, inputs)
                .forEach((name, expected) ->
                        assertThat(relativeError(expected, Objects.requireNonNull(found.get(name))))
                                .as(name)
                                .isLessThanOrEqualTo(4 * layers * CONSTANT_ROUNDING));
    }

    private static double relativeError(Tensor expected, Tensor found) {
        double difference = 0;
        double size = 0;
        for (int i = 0; i < expected.reals().length; i++) {
            difference += Math.pow(expected.reals()[i] - found.reals()[i], 2);
            size += Math.pow(expected.reals()[i], 2);
        }
        return Math.sqrt(difference / size);
    }

    /// Token ids that every vocabulary has, masks with gaps, images of noise.
    private static Map<String, Tensor> inputs(Graph graph) {
        var random = new Random(1);
        var inputs = new HashMap<String, Tensor>();
        for (Value value : graph.inputs()) {
            var input = (Input) value.node().op();
            var type = (TensorType) input.type();
            long[] sizes =
                    type.shape().dims().stream()
                            .mapToLong(dim -> dim.ifKnown().orElse(BATCH_NAMES.contains(dim.toString()) ? 2 : 5))
                            .toArray();
            inputs.put(input.name(), tensor(input.name(), type.element(), sizes, random));
        }
        return inputs;
    }

    private static Tensor tensor(String name, ElementType element, long[] sizes, Random random) {
        int count = (int) Arrays.stream(sizes).reduce(1, (a, b) -> a * b);
        if (element.isReal()) {
            return Tensor.ofReals(element, random.doubles(count).map(value -> (float) value).toArray(), sizes);
        }
        boolean binary = name.contains("type") || name.contains("mask");
        return Tensor.ofIntegers(element, random.longs(count, 0, binary ? 2 : 60).toArray(), sizes);
    }
}
