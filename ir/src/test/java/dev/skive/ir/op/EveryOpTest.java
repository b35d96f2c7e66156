package dev.skive.ir.op;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skive.ir.eval.Precision;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.GraphVerifier;
import dev.skive.ir.graph.Value;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.TensorType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Walks the sealed families, so that no operator is forgotten.
final class EveryOpTest {
    private static final Map<String, Long> SIZES = Map.of("s1", 3L, "s2", 2L, "s3", 5L);

    private static List<Class<?>> operators() {
        return leaves(Op.class).toList();
    }

    private static Stream<Class<?>> leaves(Class<?> family) {
        return family.isSealed()
                ? Arrays.stream(family.getPermittedSubclasses()).flatMap(EveryOpTest::leaves)
                : Stream.of(family);
    }

    private static List<OpSamples.Sample> samples() {
        return OpSamples.all();
    }

    @Test
    void everyOperatorHasASample() {
        Stream<Class<?>> sampled =
                Stream.concat(
                        OpSamples.all().stream().map(sample -> sample.op().getClass()),
                        Stream.of(Absent.class, Constant.class, Input.class));
        // Operators whose results only a run can tell have tests of their own.
        List<Class<?>> expected = operators().stream().filter(op -> !Dynamic.class.isAssignableFrom(op)).toList();
        assertThat(sampled.distinct()).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void everyOperatorIsARecordWithANameOfItsOwn() {
        assertThat(operators()).allMatch(Class::isRecord);
        List<String> names =
                OpSamples.all().stream()
                        .map(OpSamples.Sample::op)
                        .filter(op -> !(op instanceof Source))
                        .map(op -> op.getClass() + " " + op.mnemonic())
                        .distinct()
                        .map(text -> text.substring(text.lastIndexOf(' ') + 1))
                        .toList();
        assertThat(names).doesNotHaveDuplicates().allMatch(name -> name.matches("[a-z]+(-[a-z]+)*"));
    }

    @Test
    void familiesListTheirOperatorsInOrder() {
        for (Class<?> family : Op.class.getPermittedSubclasses()) {
            assertThat(family.getPermittedSubclasses()).extracting(Class::getSimpleName).isSorted();
        }
    }

    @Test
    void everyOperatorIsDocumented() throws IOException {
        for (Class<?> operator : operators()) {
            Path file = Path.of("src/main/java/dev/skive/ir/op", operator.getSimpleName() + ".java");
            String text = Files.readString(file);
            assertThat(text).as(file.toString()).contains("\n/// ");
            if (!Source.class.isAssignableFrom(operator)) {
                assertThat(text).as(file.toString()).contains("**Shapes**: ", "**Numerics**: ", "**Source**: ");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void resultsHaveTheInferredType(OpSamples.Sample sample) {
        Graph graph = GraphVerifier.verify(OpRun.graph(sample.op(), sample.types()));
        Value result = graph.outputs().values().iterator().next();
        for (Precision precision : Precision.values()) {
            Tensor found = OpRun.run(precision, graph, operands(sample));
            assertThat(found.element()).isEqualTo(result.tensor().element());
            assertThat(found.sizes()).isEqualTo(result.shape().evaluate(SIZES));
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void declaredResultsAreDoubleResultsRoundedOnce(OpSamples.Sample sample) {
        Graph graph = OpRun.graph(sample.op(), sample.types());
        Tensor exact = OpRun.run(Precision.DOUBLE, graph, operands(sample));
        Tensor declared = OpRun.run(Precision.DECLARED, graph, operands(sample));
        assertThat(Tensor.of(declared.toData())).isEqualTo(declared);
        assertThat(Tensor.of(exact.toData())).isEqualTo(declared);
    }

    private static Tensor[] operands(OpSamples.Sample sample) {
        var operands = new Tensor[sample.operands().size()];
        for (int i = 0; i < operands.length; i++) {
            operands[i] =
                    sample.operands().get(i) instanceof TensorType type ? operand(type, i) : OpRun.reals(new double[1]);
        }
        return operands;
    }

    private static Tensor operand(TensorType type, int seed) {
        long[] sizes = type.shape().evaluate(SIZES);
        return switch (type.element()) {
            case FLOAT32 -> Tensor.of(OpRun.random(seed, sizes).toData());
            case BOOL -> Tensor.ofIntegers(ElementType.BOOL, OpRun.randomIds(seed, 2, sizes).integers(), sizes);
            default -> Tensor.ofIntegers(type.element(), OpRun.randomIds(seed, 4, sizes).integers(), sizes);
        };
    }
}
