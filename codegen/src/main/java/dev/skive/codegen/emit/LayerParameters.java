package dev.skive.codegen.emit;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The parameters of a method that stands for several identical layers: whatever differs between the layers, with one
/// parameter for all numbers that move in step.
final class LayerParameters {
    private final SizeNames sizes;
    private final ImmutableList<ImmutableList<Call>> instances;
    private final Map<List<String>, String> names = new LinkedHashMap<>();
    private final Map<List<Integer>, Step> steps = new LinkedHashMap<>();

    private record Step(String name, int first) {}

    LayerParameters(SizeNames sizes, Section section) {
        this.sizes = sizes;
        this.instances = section.instances();
    }

    /// The arguments of a call inside the layer's method.
    List<String> inside(int call) {
        var inside = new ArrayList<String>();
        for (int i = 0; i < instances.getFirst().get(call).arguments().size(); i++) {
            inside.add(inside(call, i));
        }
        return inside;
    }

    private String inside(int call, int index) {
        List<Argument> arguments =
                instances.stream().map(instance -> instance.get(call).arguments().get(index)).toList();
        List<String> texts = arguments.stream().map(this::text).toList();
        if (texts.stream().distinct().count() == 1) {
            return texts.getFirst();
        }
        return switch (arguments.getFirst()) {
            case Argument.InSlot slot -> names.computeIfAbsent(texts, key -> "tensor" + names.size());
            case Argument.InConstants constants -> step(texts, "constants");
            case Argument.OfWeight weight -> step(texts, "weights");
        };
    }

    private String step(List<String> texts, String name) {
        List<Integer> numbers = texts.stream().map(Integer::valueOf).toList();
        List<Integer> differences = numbers.stream().map(number -> number - numbers.getFirst()).toList();
        Step step = steps.computeIfAbsent(differences, key -> declare(texts, name));
        int distance = numbers.getFirst() - step.first;
        return distance == 0 ? step.name : step.name + (distance > 0 ? " + " : " - ") + Math.abs(distance);
    }

    private Step declare(List<String> texts, String name) {
        String unique = names.containsValue(name) ? name + names.size() : name;
        names.put(texts, unique);
        return new Step(unique, Integer.parseInt(texts.getFirst()));
    }

    /// The names of the parameters.
    ImmutableList<String> names() {
        return ImmutableList.copyOf(names.values());
    }

    /// What one layer passes for the parameters.
    List<String> values(int instance) {
        return names.keySet().stream().map(texts -> texts.get(instance)).toList();
    }

    private String text(Argument argument) {
        return text(sizes, argument);
    }

    /// An argument as Java source.
    static String text(SizeNames sizes, Argument argument) {
        return switch (argument) {
            case Argument.InSlot(var slot, var offset) ->
                    "w." + slot.field() + (offset.is(0) ? "" : " + " + sizes.use(offset));
            case Argument.InConstants(int offset) -> Integer.toString(offset);
            case Argument.OfWeight(int index) -> Integer.toString(index);
        };
    }
}
