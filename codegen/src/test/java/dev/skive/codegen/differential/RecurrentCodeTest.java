package dev.skive.codegen.differential;

import com.google.common.collect.ImmutableMap;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Activation;
import dev.skive.ir.op.Activation.Kind;
import dev.skive.ir.op.Gru;
import dev.skive.ir.op.Lstm;
import dev.skive.ir.op.Recurrent;
import dev.skive.ir.op.Rnn;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Recurrent operators with constant and run-time weights, on odd widths, with and without each optional operand.
final class RecurrentCodeTest {
    private static final Dim STEPS = Dim.symbol("steps");
    private static final Dim BATCH = Dim.symbol("batch");
    private static final double NEVER = Double.POSITIVE_INFINITY;
    private static final Activation SIGMOID = Kind.SIGMOID.usual();
    private static final Activation TANH = Kind.TANH.usual();
    private static final List<ImmutableMap<String, Long>> SIZES =
            List.of(
                    ImmutableMap.of("steps", 1L, "batch", 1L),
                    ImmutableMap.of("steps", 3L, "batch", 2L),
                    ImmutableMap.of("steps", 4L, "batch", 5L),
                    ImmutableMap.of("steps", 0L, "batch", 2L),
                    ImmutableMap.of("steps", 2L, "batch", 0L));

    private static final List<Recurrent> USUAL =
            List.of(
                    new Rnn(false, TANH, NEVER),
                    new Rnn(true, TANH, 0.5),
                    new Gru(false, SIGMOID, TANH, NEVER, false),
                    new Gru(true, SIGMOID, TANH, NEVER, true),
                    new Lstm(false, SIGMOID, TANH, TANH, NEVER, false),
                    new Lstm(true, SIGMOID, TANH, TANH, 0.5, true));

    /// Operands of an application.
    ///
    /// @param features elements of an input
    /// @param units number of units
    /// @param constant whether weights are constants
    private record Operands(RandomCase random, ElementType element, long features, long units, boolean constant) {
        private Value some(Dim... dims) {
            return random.input(element, Shape.of(dims), -1, 1);
        }

        private Value weight(long... sizes) {
            return constant ? random.constant(sizes) : random.input(element, Shape.of(sizes), -0.5, 0.5);
        }

        private Value[] of(Recurrent op, boolean all) {
            Value x = some(STEPS, BATCH, Dim.of(features));
            long width = op.gates() * units;
            Value w = weight(features, width);
            Value r = weight(units, width);
            if (!all) {
                return new Value[] {x, w, r};
            }
            Value bias = weight(width);
            Value lengths = random.input(ElementType.INT32, Shape.of(BATCH), 0, 1);
            Value initial = some(BATCH, Dim.of(units));
            return switch (op) {
                case Gru gru when gru.linearBeforeReset() ->
                        new Value[] {x, w, r, bias, lengths, initial, weight(units)};
                case Lstm lstm ->
                        new Value[] {x, w, r, bias, lengths, initial, some(BATCH, Dim.of(units)), weight(3 * units)};
                default -> new Value[] {x, w, r, bias, Value.ABSENT, initial};
            };
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 5, 16, 33})
    void constantWeights(long units) {
        var random = new RandomCase(units);
        for (Recurrent op : USUAL) {
            var operands = new Operands(random, ElementType.FLOAT32, 3, units, true);
            random.outputOf(op, operands.of(op, false));
            random.outputOf(op, operands.of(op, true));
        }
        Compiled.check(random, SIZES);
    }

    @Test
    void manyUnits() {
        var random = new RandomCase(7);
        for (Recurrent op : List.of(USUAL.get(2), USUAL.get(4))) {
            random.outputOf(op, new Operands(random, ElementType.FLOAT32, 40, 130, true).of(op, false));
        }
        Compiled.check(random, SIZES.subList(0, 1));
    }

    @ParameterizedTest
    @EnumSource(
            value = ElementType.class,
            names = {"FLOAT32", "FLOAT64", "FLOAT16", "BFLOAT16"})
    void runTimeWeights(ElementType element) {
        var random = new RandomCase(element.text().hashCode());
        for (Recurrent op : USUAL) {
            var operands = new Operands(random, element, 2, 5, false);
            random.outputOf(op, operands.of(op, false));
            random.outputOf(op, operands.of(op, true));
        }
        Compiled.check(random, SIZES);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void everyActivation(Kind kind) {
        var random = new RandomCase(kind.name().hashCode());
        var some = new Activation(kind, 0.75, 0.25);
        for (Recurrent op :
                List.of(
                        new Rnn(false, some, NEVER),
                        new Gru(false, some, kind.usual(), 0.5, false),
                        new Lstm(true, some, kind.usual(), some, NEVER, false))) {
            random.outputOf(op, new Operands(random, ElementType.FLOAT32, 2, 17, true).of(op, false));
            random.outputOf(op, new Operands(random, ElementType.FLOAT64, 2, 3, false).of(op, false));
        }
        Compiled.check(random, SIZES.subList(0, 2));
    }

    /// Lengths that differ, from none to all steps.
    @Test
    void lengths() {
        var random = new RandomCase(11);
        for (Recurrent op : USUAL) {
            var operands = new Operands(random, ElementType.FLOAT32, 3, 5, true);
            Value[] all = operands.of(op, true);
            if (all[4].isAbsent()) {
                continue;
            }
            all[4] = random.input(ElementType.INT32, Shape.of(BATCH), 0, 4);
            random.outputOf(op, all);
        }
        Compiled.check(random, List.of(ImmutableMap.of("steps", 3L, "batch", 8L)));
    }
}
