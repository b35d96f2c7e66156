package dev.skive.frontend.lang;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.skive.frontend.weights.RandomWeights;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.type.TensorType;
import dev.skive.ir.type.TypeError;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The tensors that a text can name.
///
/// @param sources where they come from, in the order of the text
record WeightNames(ImmutableList<Source> sources) {
    /// Where tensors come from.
    sealed interface Source {
        /// What the text calls it.
        Optional<String> alias();
    }

    /// A file.
    ///
    /// @param alias what the text calls it
    /// @param file its name
    /// @param tensors what is in it
    record File(Optional<String> alias, String file, ImmutableMap<String, TensorData> tensors) implements Source {}

    /// Numbers that are made up.
    ///
    /// @param alias what the text calls them
    /// @param weights what makes them up
    record Random(Optional<String> alias, RandomWeights weights) implements Source {}

    /// True when the text calls a source so.
    boolean isAlias(String name) {
        return sources.stream().anyMatch(source -> source.alias().equals(Optional.of(name)));
    }

    /// A tensor.
    ///
    /// @param alias the source to look in, else those without a name of their own
    /// @param type what it must be, if that is said
    /// @throws TypeError when there is none, more than one, or one of another type
    TensorData tensor(Optional<String> alias, String name, Optional<TensorType> type) {
        List<Source> places = sources.stream().filter(source -> source.alias().equals(alias)).toList();
        TypeError.check(
                !places.isEmpty(),
                "there is no file of weights%s; begin the text with: weights \"model.safetensors\"",
                sources.isEmpty() ? "" : " without a name");
        List<Source> holders = places.stream().filter(place -> holds(place, name)).toList();
        TypeError.check(
                holders.size() <= 1,
                "tensor '%s' is in %s; call one of the files: weights \"...\" as a, then a(\"%s\")",
                name,
                holders.stream().map(WeightNames::describe).collect(Collectors.joining(" and in ")),
                name);
        if (holders.isEmpty()) {
            throw new TypeError(missing(places, name));
        }
        return switch (holders.getFirst()) {
            case File(var own, String file, var tensors) -> checked(tensors.get(name), name, file, type);
            case Random(var own, RandomWeights weights) ->
                    weights.tensor(
                            name,
                            type.orElseThrow(() ->
                                    new TypeError(
                                            "made-up weights need a type: weight(\"%s\", f32[4, 4])".formatted(name))));
        };
    }

    private static boolean holds(Source place, String name) {
        return !(place instanceof File file) || file.tensors().containsKey(name);
    }

    private static String describe(Source place) {
        return place instanceof File file ? "'%s'".formatted(file.file()) : "the made-up weights";
    }

    private static String missing(List<Source> places, String name) {
        String files = places.stream().map(WeightNames::describe).collect(Collectors.joining(" or "));
        List<String> known =
                places.stream()
                        .flatMap(place -> place instanceof File file ? file.tensors().keySet().stream() : null)
                        .toList();
        return "no tensor '%s' in %s, which has %d%s".formatted(name, files, known.size(), Suggestion.of(name, known));
    }

    private static TensorData checked(
            @org.jspecify.annotations.Nullable TensorData found, String name, String file, Optional<TensorType> type) {
        if (found == null) {
            throw new AssertionError("the tensor was there before: " + name);
        }
        TypeError.check(
                type.isEmpty() || type.get().equals(found.type()),
                "tensor '%s' is %s in '%s', expected %s",
                name,
                TypeText.print(found.type()),
                file,
                type.map(TypeText::print).orElse(""));
        return found;
    }
}
