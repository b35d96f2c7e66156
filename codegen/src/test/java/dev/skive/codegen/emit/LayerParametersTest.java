package dev.skive.codegen.emit;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.palantir.javapoet.NameAllocator;
import dev.skive.codegen.memory.Slot;
import dev.skive.codegen.plan.Storage;
import dev.skive.ir.type.Dim;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class LayerParametersTest {
    private static Section section(List<List<List<Argument>>> layers) {
        return new Section(
                layers.stream()
                        .map(layer ->
                                layer.stream()
                                        .map(arguments -> SampleCalls.call("m", arguments.toArray(Argument[]::new)))
                                        .collect(ImmutableList.toImmutableList()))
                        .collect(ImmutableList.toImmutableList()));
    }

    private static SizeNames sizes() {
        return new SizeNames(new NameAllocator());
    }

    /// What a text inside the layer's method stands for when the layer is called with these values.
    private static String resolve(String text, Map<String, String> values) {
        if (values.containsKey(text)) {
            return values.get(text);
        }
        String[] parts = text.split(" ", -1);
        if (parts.length == 3 && values.containsKey(parts[0])) {
            int distance = Integer.parseInt(parts[2]) * (parts[1].equals("+") ? 1 : -1);
            return Integer.toString(Integer.parseInt(values.get(parts[0])) + distance);
        }
        return text;
    }

    private static void reproduces(Section section) {
        SizeNames sizes = sizes();
        var parameters = new LayerParameters(sizes, section);
        var inside = new ArrayList<List<String>>();
        for (int call = 0; call < section.first().size(); call++) {
            inside.add(parameters.inside(call));
        }
        assertThat(parameters.names()).doesNotHaveDuplicates();
        for (int layer = 0; layer < section.instances().size(); layer++) {
            var values = new HashMap<String, String>();
            for (int i = 0; i < parameters.names().size(); i++) {
                values.put(parameters.names().get(i), parameters.values(layer).get(i));
            }
            for (int call = 0; call < inside.size(); call++) {
                List<String> found = inside.get(call).stream().map(text -> resolve(text, values)).toList();
                List<String> original =
                        section.instances().get(layer).get(call).arguments().stream()
                                .map(argument -> LayerParameters.text(sizes, argument))
                                .toList();
                assertThat(found).isEqualTo(original);
            }
        }
    }

    @Property(tries = 500)
    void argumentsOfEveryLayerAreReproduced(@ForAll long seed) {
        var random = new Random(seed);
        int layers = 2 + random.nextInt(4);
        int calls = 2 + random.nextInt(4);
        int[] kinds = random.ints(calls * 3L, 0, 3).toArray();
        var section = new ArrayList<List<List<Argument>>>();
        for (int layer = 0; layer < layers; layer++) {
            var one = new ArrayList<List<Argument>>();
            for (int call = 0; call < calls; call++) {
                var arguments = new ArrayList<Argument>();
                for (int i = 0; i < 3; i++) {
                    arguments.add(argument(random, kinds[call * 3 + i], layer));
                }
                one.add(arguments);
            }
            section.add(one);
        }
        reproduces(section(section));
    }

    private static Argument argument(Random random, int kind, int layer) {
        return switch (kind) {
            case 0 ->
                    new Argument.InSlot(
                            new Slot(Storage.FLOAT, random.nextInt(3), Dim.symbol("n")),
                            Dim.of(random.nextInt(2)).times(Dim.symbol("n")));
            case 1 ->
                    new Argument.InConstants(
                            random.nextInt(4) == 0 ? random.nextInt(100) : 64 * layer + random.nextInt(2));
            default ->
                    new Argument.OfWeight(random.nextInt(4) == 0 ? random.nextInt(9) : 4 * layer + random.nextInt(2));
        };
    }

    /// Weights and constants that move in step need one parameter each, however many there are.
    @Test
    void numbersThatMoveInStepShareAParameter() {
        var layers = new ArrayList<List<List<Argument>>>();
        for (int layer = 0; layer < 3; layer++) {
            layers.add(
                    List.of(
                            List.of(new Argument.OfWeight(4 * layer), new Argument.InConstants(100 * layer)),
                            List.of(new Argument.OfWeight(4 * layer + 3), new Argument.InConstants(100 * layer + 32))));
        }
        Section section = section(layers);
        var parameters = new LayerParameters(sizes(), section);
        assertThat(parameters.inside(0)).containsExactly("weights", "constants");
        assertThat(parameters.inside(1)).containsExactly("weights + 3", "constants + 32");
        assertThat(parameters.names()).containsExactly("weights", "constants");
        assertThat(parameters.values(2)).containsExactly("8", "200");
    }

    @Test
    void whatIsTheSameInAllLayersIsNoParameter() {
        var slot = new Slot(Storage.FLOAT, 0, Dim.ONE);
        List<List<Argument>> layer = List.of(List.of(new Argument.InSlot(slot, Dim.ZERO), new Argument.OfWeight(2)));
        var parameters = new LayerParameters(sizes(), section(List.of(layer, layer)));
        assertThat(parameters.inside(0)).containsExactly("w.floatSlot0", "2");
        assertThat(parameters.names()).isEmpty();
    }
}
