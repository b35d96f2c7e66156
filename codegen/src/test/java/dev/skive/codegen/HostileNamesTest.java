package dev.skive.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import dev.skive.codegen.differential.Compiled;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.GraphBuilder;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Add;
import dev.skive.ir.op.Linear;
import dev.skive.ir.op.Softmax;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.TensorType;
import dev.skive.runtime.FloatTensor;
import dev.skive.runtime.InstructionSet;
import dev.skive.runtime.Model;
import dev.skive.runtime.ModelOptions;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Names in a model are untrusted text: whatever they are, the generated source compiles, does the same, and the names
/// come back unchanged.
final class HostileNamesTest {
    private static final ModelOptions OPTIONS = new ModelOptions(1, InstructionSet.SCALAR);

    /// Words that mean something in generated code.
    private static final String JAVA =
            "class String Override Object Math Outputs outputs inputs INPUTS team vector w worker workspaces given byName"
                    + " free i row out in0 floats floatSlot0 hashCode toString getClass wait notify clone finalize equals"
                    + " Model Tensor FloatTensor Map List Path Inputs constants run close load name options weights file"
                    + " record var yield this float place prepare scratch Weights Worker System TensorInfo"
                    + " IllegalArgumentException";

    static Stream<String> names() {
        Stream<String> texts =
                Stream.of(
                        "*/ System.exit(1); /*",
                        "\\u000a System.exit(1); //",
                        "\\u0022 \\",
                        "\n System.exit(1);\r\u2028",
                        "$T $L $S $$ $W $[ $]",
                        "\" + System.exit(1) + \"",
                        "{@code } @param x {@link String}",
                        "<script> & </p>",
                        "../../../../etc/passwd",
                        "C:\\windows\\system32",
                        "\uD83D\uDE00 \u0000 \u202Eabc",
                        " ",
                        "long".repeat(3000),
                        "1",
                        "_");
        return Stream.concat(texts, Splitter.on(' ').splitToStream(JAVA));
    }

    /// Every name there is in a model is the same hostile text.
    private static Graph graph(String name) {
        var builder = new GraphBuilder(name);
        Dim size = Dim.symbol(name);
        Value x = builder.input(name, new TensorType(ElementType.FLOAT32, Shape.of(size, Dim.of(2))));
        Value y =
                builder.input(name + name, new TensorType(ElementType.FLOAT32, Shape.of(Dim.symbol(name + "2"), size)));
        Value weight = builder.constant(Origin.of(name), TensorData.ofFloats(new float[] {1, 2, 3, 4}, 2, 2));
        Value product = builder.add(Origin.of(name), new Linear(), x, weight);
        Value sum =
                builder.add(
                        Origin.of(name + " 2"), new Add(), product, builder.add(Origin.of(name), new Softmax(0), x));
        builder.output(name, sum);
        builder.output(name + " ", builder.add(Origin.of(name + "/"), new Softmax(1), y));
        return builder.build();
    }

    @ParameterizedTest
    @MethodSource("names")
    void everywhere(String name) {
        Graph graph = graph(name);
        GeneratedModel generated = Codegen.generate(graph, CodegenOptions.of("some.where", Codegen.className(name)));
        assertThat(generated.sources().keySet()).allMatch(path -> path.matches("some/where/\\w{1,90}\\.java"));
        try (Model model = Compiled.compile(generated).load(OPTIONS)) {
            assertThat(model.name()).isEqualTo(name);
            var outputs =
                    model.run(
                            Map.of(
                                    name,
                                    FloatTensor.of(new float[] {1, 0, 0, 1, 1, 1}, 3, 2),
                                    name + name,
                                    FloatTensor.of(new float[] {0, 0, 0}, 1, 3)));
            assertThat(outputs).containsOnlyKeys(name, name + " ");
            assertThat(model.inputs().getFirst().name()).isEqualTo(name);
            assertThat(model.inputs().getFirst().dims()).containsExactly(Dim.symbol(name).toString(), "2");
        }
    }
}
