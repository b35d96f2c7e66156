package dev.skive.ir.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.GraphBuilder;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.graph.RandomGraphs;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Add;
import dev.skive.ir.op.Mul;
import dev.skive.ir.op.Neg;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.TensorType;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class InterpreterTest {
    private static final Dim N = Dim.symbol("n");
    private static final TensorType ROW = new TensorType(ElementType.FLOAT32, Shape.of(N));

    @Provide
    Arbitrary<Long> seeds() {
        return RandomGraphs.seeds();
    }

    @Property(tries = 300)
    void outputsHaveTheirInferredTypes(@ForAll("seeds") long seed, @ForAll @IntRange(max = 4) int rows) {
        Graph graph = RandomGraphs.graph(seed);
        var inputs = RandomGraphs.inputs(graph, rows, seed);
        for (Precision precision : Precision.values()) {
            var outputs = new Interpreter(precision).run(graph, inputs);
            assertThat(outputs.keySet()).isEqualTo(graph.outputs().keySet());
            graph.outputs()
                    .forEach((name, value) ->
                            assertThat(outputs)
                                    .extractingByKey(name)
                                    .extracting(Tensor::sizes)
                                    .isEqualTo(value.shape().evaluate(Map.of(RandomGraphs.ROWS, (long) rows))));
        }
    }

    @Test
    void valuesAreKeptUntilTheirLastUse() {
        var builder = new GraphBuilder("g");
        Value x = builder.input("x", ROW);
        Value y = builder.add(Origin.of("neg"), new Neg(), x);
        builder.output("twice", builder.add(Origin.of("add"), new Add(), y, y));
        builder.output("once", y);
        builder.output("input", x);
        var outputs = new Interpreter(Precision.DECLARED).run(builder.build(), Map.of("x", row(1, 2)));
        assertThat(outputs.keySet()).containsExactly("twice", "once", "input");
        assertThat(outputs.values()).containsExactly(row(-2, -4), row(-1, -2), row(1, 2));
    }

    @Test
    void constantsFoldAsTheyEvaluate() {
        var builder = new GraphBuilder("g");
        Value third = builder.constant(Origin.of("c"), TensorData.scalar(ElementType.FLOAT32, 1.0 / 3));
        Value square = builder.add(Origin.of("m"), new Mul(), third, third);
        double expected = (1.0f / 3) * (double) (1.0f / 3);
        assertThat(new Interpreter(Precision.DECLARED).fold(square.node()).getFirst().reals())
                .containsExactly((float) expected);
        assertThat(new Interpreter(Precision.DOUBLE).fold(square.node()).getFirst().reals()).containsExactly(expected);
        assertThatThrownBy(() -> new Interpreter(Precision.DOUBLE).fold(third.node()))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void inputsAreChecked() {
        Graph graph = twoInputs();
        var interpreter = new Interpreter(Precision.DECLARED);
        assertThatThrownBy(() -> interpreter.run(graph, Map.of("a", row(1))))
                .isInstanceOfSatisfying(
                        SkiveException.class, error -> assertThat(error.code()).isEqualTo(ExitCode.USAGE))
                .hasMessage("no value for input 'b' of type f32[n+1]; given are [a]");
        assertThatThrownBy(() -> interpreter.run(graph, Map.of("a", row(1), "b", row(1))))
                .hasMessage("input 'b' must be f32[n+1], found f32[1]");
        Tensor integers = Tensor.ofIntegers(ElementType.INT64, new long[1], 1);
        assertThatThrownBy(() -> interpreter.run(graph, Map.of("a", integers, "b", row(1, 2))))
                .hasMessage("input 'a' must be f32[n], found i64[1]");
        assertThatThrownBy(() -> interpreter.run(graph, Map.of("a", row(1).reshape(1, 1), "b", row(1, 2))))
                .hasMessage("input 'a' must be f32[n], found f32[1,1]");
        assertThat(interpreter.run(graph, Map.of("a", row(1), "b", row(1, 2))).get("y")).isEqualTo(row(2, 3));
    }

    private static Graph twoInputs() {
        var builder = new GraphBuilder("g");
        Value a = builder.input("a", ROW);
        Value b = builder.input("b", ROW.withShape(Shape.of(N.plus(1))));
        builder.output("y", builder.add(Origin.of("add"), new Add(), a.shape().rank() == 1 ? slice(builder, a) : a, b));
        return builder.build();
    }

    /// The first element of a vector, as a scalar that broadcasts.
    private static Value slice(GraphBuilder builder, Value vector) {
        Value first = builder.constant(Origin.of("zero"), TensorData.ofLongs(new long[] {0}));
        return builder.add(Origin.of("first"), new dev.skive.ir.op.Gather(0), vector, first);
    }

    private static Tensor row(double... values) {
        return Tensor.ofReals(ElementType.FLOAT32, values, values.length);
    }
}
