package dev.skive.frontend.onnx.operator;

import static dev.skive.frontend.onnx.TestModel.integer;
import static dev.skive.frontend.onnx.TestModel.real;
import static dev.skive.frontend.onnx.TestModel.reals;
import static dev.skive.frontend.onnx.TestModel.text;
import static dev.skive.frontend.onnx.TestModel.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skive.frontend.onnx.OnnxImporter;
import dev.skive.frontend.onnx.RandomTensors;
import dev.skive.frontend.onnx.RoundTrip;
import dev.skive.frontend.onnx.TestModel;
import dev.skive.frontend.onnx.proto.AttributeProto;
import dev.skive.ir.eval.Interpreter;
import dev.skive.ir.eval.Precision;
import dev.skive.ir.eval.Strides;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.type.ElementType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `RNN`, `GRU` and `LSTM` with random sizes, operands and attributes.
class RecurrentOperatorsTest {
    private static final RoundTrip CHECK = new RoundTrip(512);
    private static final List<String> ACTIVATIONS =
            List.of(
                    "Affine",
                    "Elu",
                    "HardSigmoid",
                    "LeakyRelu",
                    "Relu",
                    "ScaledTanh",
                    "Sigmoid",
                    "Softplus",
                    "Softsign",
                    "Tanh",
                    "ThresholdedRelu");

    @Property(tries = 60)
    void rnn(@ForAll long seed) {
        new Case("RNN", 1, 1, new RandomTensors(seed)).check();
    }

    @Property(tries = 100)
    void gru(@ForAll long seed) {
        var random = new RandomTensors(seed);
        new Case("GRU", 3, 2, random).with(integer("linear_before_reset", random.random().nextInt(2))).check();
    }

    @Property(tries = 100)
    void lstm(@ForAll long seed) {
        var random = new RandomTensors(seed);
        new Case("LSTM", 4, 3, random).with(integer("input_forget", random.random().nextInt(2))).check();
    }

    @ParameterizedTest
    @ValueSource(strings = {"RNN", "GRU", "LSTM"})
    void everyActivation(String type) {
        for (String activation : ACTIVATIONS) {
            for (boolean given : new boolean[] {true, false}) {
                var random = new RandomTensors(activation.hashCode());
                int gates = type.equals("RNN") ? 1 : type.equals("GRU") ? 3 : 4;
                int functions = type.equals("RNN") ? 1 : type.equals("GRU") ? 2 : 3;
                var test = new Case(type, gates, functions, random).activation(activation);
                if (given) {
                    test.with(parameters(2 * functions).toArray(AttributeProto[]::new)).check();
                } else if (withUsualParameters().contains(activation)) {
                    test.check();
                }
            }
        }
    }

    /// ORT refuses the layout with the batch first; it is the other one with axes swapped.
    @ParameterizedTest
    @ValueSource(strings = {"RNN", "GRU", "LSTM"})
    void batchFirst(String type) throws IOException {
        var random = new RandomTensors(type.hashCode());
        int gates = type.equals("RNN") ? 1 : type.equals("GRU") ? 3 : 4;
        List<String> outputs = type.equals("LSTM") ? List.of("y", "last", "cell") : List.of("y", "last");
        Tensor w = random.floats(2, 5L * gates, 3);
        Tensor r = random.floats(2, 5L * gates, 5);
        Tensor x = random.floats(4, 2, 3);
        Tensor h = random.floats(2, 2, 5);
        var results = new ArrayList<Map<String, Tensor>>();
        for (boolean batchFirst : new boolean[] {false, true}) {
            var model =
                    new TestModel(14)
                            .input("x", ElementType.FLOAT32, batchFirst ? "b" : "s", batchFirst ? "s" : "b", 3)
                            .input("h", ElementType.FLOAT32, batchFirst ? "b" : 2, batchFirst ? 2 : "b", 5)
                            .constant("w", w.toData())
                            .constant("r", r.toData());
            AttributeProto layout = integer("layout", batchFirst ? 1 : 0);
            model.nodes(type, "x,w,r,,,h", outputs, text("direction", "bidirectional"), layout);
            outputs.forEach(model::output);
            Path file = model.write(Files.createTempFile("skive-test", ".onnx"));
            try {
                Map<String, Tensor> inputs =
                        batchFirst
                                ? Map.of("x", swapped(x, 1, 0, 2), "h", swapped(h, 1, 0, 2))
                                : Map.of("x", x, "h", h);
                results.add(new Interpreter(Precision.DECLARED).run(new OnnxImporter().read(file), inputs));
            } finally {
                Files.delete(file);
            }
        }
        results.getFirst()
                .forEach((name, tensor) ->
                        assertThat(results.getLast().get(name))
                                .isEqualTo(name.equals("y") ? swapped(tensor, 2, 0, 1, 3) : swapped(tensor, 1, 0, 2)));
    }

    private static Tensor swapped(Tensor tensor, int... order) {
        int[] strides = Strides.of(tensor.sizes());
        int[] moved = Arrays.stream(order).map(axis -> strides[axis]).toArray();
        long[] sizes = Arrays.stream(order).mapToLong(tensor::size).toArray();
        return tensor.pick(Strides.offsets(sizes, moved, 0), sizes);
    }

    /// ORT takes 0 for the parameters of the others where the standard has those of the operators of that name.
    private static List<String> withUsualParameters() {
        return ACTIVATIONS.stream()
                .filter(name -> !List.of("Affine", "ScaledTanh", "ThresholdedRelu").contains(name))
                .toList();
    }

    private static List<AttributeProto> parameters(int count) {
        return List.of(
                reals("activation_alpha", Arrays.copyOf(new float[] {0.5f, 0.3f, 0.6f, 0.2f, 0.4f, 0.7f}, count)),
                reals("activation_beta", Arrays.copyOf(new float[] {0.25f, 0.5f, 0.1f, 0.3f, 0.2f, 0.4f}, count)));
    }

    /// One model.
    private static final class Case {
        private final String type;
        private final int gates;
        private final int functions;
        private final RandomTensors random;
        private final List<AttributeProto> attributes = new ArrayList<>();
        private final Map<String, Tensor> inputs = new LinkedHashMap<>();
        private String activation = "";

        Case(String type, int gates, int functions, RandomTensors random) {
            this.type = type;
            this.gates = gates;
            this.functions = functions;
            this.random = random;
        }

        Case with(AttributeProto... more) {
            attributes.addAll(List.of(more));
            return this;
        }

        Case activation(String name) {
            activation = name;
            return this;
        }

        private boolean sometimes() {
            return random.random().nextBoolean();
        }

        void check() {
            Random choice = random.random();
            int steps = 1 + choice.nextInt(4);
            int batch = 1 + choice.nextInt(3);
            int units = 1 + choice.nextInt(5);
            int directions = 1 + choice.nextInt(2);
            int features = 1 + choice.nextInt(4);
            var model = new TestModel(choice.nextBoolean() ? 7 : 14);
            String direction = directions == 2 ? "bidirectional" : choice.nextBoolean() ? "forward" : "reverse";
            attributes.add(text("direction", direction));
            attributes.add(integer("hidden_size", units));
            if (sometimes() && activation.isEmpty()) {
                attributes.add(real("clip", 0.3f));
            }
            activations(directions);
            var names = new ArrayList<String>();
            inputs.put("x", random.floatsBetween(-1, 1, steps, batch, features));
            model.input("x", ElementType.FLOAT32, "steps", "batch", features);
            names.add("x");
            operand(model, names, "w", directions, (long) gates * units, features);
            operand(model, names, "r", directions, (long) gates * units, units);
            names.add("");
            names.add("");
            names.add("");
            if (sometimes()) {
                names.remove(3);
                names.add(3, "b");
                var given = new ArrayList<String>();
                operand(model, given, "b", directions, 2L * gates * units);
            }
            if (sometimes()) {
                names.set(4, "lengths");
                // ORT's RNN reads before the first step when a sequence has no elements.
                Tensor lengths = random.integers(ElementType.INT32, type.equals("RNN") ? 1 : 0, steps + 1L, batch);
                inputs.put("lengths", lengths);
                model.input("lengths", ElementType.INT32, "batch");
            }
            states(model, names, directions, batch, units);
            List<String> outputs = outputs();
            model.nodes(type, String.join(",", names), outputs, attributes.toArray(AttributeProto[]::new));
            outputs.stream().filter(name -> !name.isEmpty()).forEach(model::output);
            CHECK.check(model, inputs, 13, 17);
        }

        private void states(TestModel model, List<String> names, int directions, int batch, int units) {
            if (sometimes()) {
                names.set(5, "h");
                inputs.put("h", random.floatsBetween(-1, 1, directions, batch, units));
                model.input("h", ElementType.FLOAT32, directions, "batch", units);
            }
            if (type.equals("LSTM")) {
                names.add("");
                if (sometimes()) {
                    names.set(6, "c");
                    inputs.put("c", random.floatsBetween(-1, 1, directions, batch, units));
                    model.input("c", ElementType.FLOAT32, directions, "batch", units);
                }
                if (sometimes()) {
                    operand(model, names, "p", directions, 3L * units);
                }
            }
        }

        private void operand(TestModel model, List<String> names, String name, long... sizes) {
            Tensor tensor = random.floatsBetween(-1, 1, sizes);
            names.add(name);
            if (sometimes()) {
                model.constant(name, tensor.toData());
            } else {
                inputs.put(name, tensor);
                model.input(name, ElementType.FLOAT32, RandomTensors.declared(false, name, sizes));
            }
        }

        private void activations(int directions) {
            if (!activation.isEmpty()) {
                var all = Collections.nCopies(functions * directions, activation);
                attributes.add(texts("activations", all.toArray(String[]::new)));
            } else if (sometimes()) {
                boolean given = sometimes();
                // Softplus of a number that grew with the steps overflows in ORT; it is tried on small ones above.
                List<String> choices =
                        (given ? ACTIVATIONS : withUsualParameters())
                                .stream().filter(name -> !name.equals("Softplus")).toList();
                int count = functions * directions;
                var drawn = new ArrayList<String>();
                for (int i = 0; i < count; i++) {
                    drawn.add(choices.get(random.random().nextInt(choices.size())));
                }
                if (type.equals("RNN")) {
                    Collections.fill(drawn, drawn.getFirst());
                }
                attributes.add(texts("activations", drawn.toArray(String[]::new)));
                if (given) {
                    attributes.addAll(parameters(count));
                }
            }
        }

        private List<String> outputs() {
            int count = type.equals("LSTM") ? 3 : 2;
            int subset = 1 + random.random().nextInt((1 << count) - 1);
            var outputs = new ArrayList<String>();
            for (int i = 0; i < count; i++) {
                outputs.add((subset >> i & 1) == 1 ? List.of("y", "last", "cell").get(i) : "");
            }
            while (outputs.getLast().isEmpty()) {
                outputs.removeLast();
            }
            return outputs;
        }
    }
}
