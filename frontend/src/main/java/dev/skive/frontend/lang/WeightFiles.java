package dev.skive.frontend.lang;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.Longs;
import dev.skive.frontend.onnx.Limits;
import dev.skive.frontend.weights.ModelFolder;
import dev.skive.frontend.weights.RandomWeights;
import dev.skive.grammar.SourceText;
import dev.skive.grammar.TextError;
import dev.skive.grammar.tree.ModelTree;
import dev.skive.grammar.tree.Position;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.data.TensorData;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Opens the files of weights that a text names. What a file is, its ending says.
final class WeightFiles {
    private static final String RANDOM = "random";

    private final SourceText source;
    private final ModelFolder folder;
    private final Limits limits;

    WeightFiles(SourceText source, ModelFolder folder, Limits limits) {
        this.source = source;
        this.folder = folder;
        this.limits = limits;
    }

    /// The tensors of all files and generators.
    ///
    /// @param instead a file that takes the place of the only one
    /// @throws SkiveException when a file is missing, unsafe or damaged
    WeightNames of(ModelTree tree, Optional<Path> instead) {
        List<ModelTree.Item> weights =
                tree.items().stream()
                        .filter(item ->
                                item instanceof ModelTree.WeightsFile || item instanceof ModelTree.RandomWeights)
                        .toList();
        if (instead.isPresent() && weights.size() != 1) {
            throw new SkiveException(
                    ExitCode.USAGE,
                    "'%s' can take the place of one file of weights, but '%s' names %d"
                            .formatted(instead.get(), source.name(), weights.size()));
        }
        var sources = ImmutableList.<WeightNames.Source>builder();
        Set<String> aliases = new HashSet<>();
        for (ModelTree.Item item : weights) {
            WeightNames.Source found = source(item, instead);
            found.alias().ifPresent(alias -> checkAlias(item.position(), alias, aliases));
            sources.add(found);
        }
        return new WeightNames(sources.build());
    }

    private WeightNames.Source source(ModelTree.Item item, Optional<Path> instead) {
        return switch (item) {
            case ModelTree.WeightsFile file when instead.isPresent() -> given(file.name(), instead.get());
            case ModelTree.RandomWeights random when instead.isPresent() -> given(random.name(), instead.get());
            case ModelTree.WeightsFile file -> file(file);
            case ModelTree.RandomWeights random -> random(random);
            default -> throw new AssertionError("no weights: " + item);
        };
    }

    private WeightNames.Source given(Optional<String> alias, Path path) {
        Optional<WeightFormat> format = WeightFormat.of(path.toString());
        if (format.isEmpty()) {
            throw new SkiveException(ExitCode.USAGE, unknown(path.toString()));
        }
        return new WeightNames.File(alias, path.toString(), format.get().read(path, limits));
    }

    private static String unknown(String file) {
        return "'%s' is no file of weights that is known: .safetensors, .npz, or .bin of llama2.c".formatted(file);
    }

    private void checkAlias(Position at, String alias, Set<String> aliases) {
        if (Operators.contains(alias) || alias.equals(TensorReader.WEIGHT) || !aliases.add(alias)) {
            throw source.error(at, "the name '%s' is taken".formatted(alias));
        }
    }

    private WeightNames.Source file(ModelTree.WeightsFile file) {
        try {
            return new WeightNames.File(file.name(), file.file(), open(file));
        } catch (SkiveException e) {
            String message = source.error(file.position(), e.getMessage()).getMessage();
            throw new SkiveException(e.code(), message, e);
        }
    }

    private ImmutableMap<String, TensorData> open(ModelTree.WeightsFile file) {
        WeightFormat format =
                WeightFormat.of(file.file()).orElseThrow(() -> source.error(file.position(), unknown(file.file())));
        return format.read(folder.resolve(file.file(), "weights"), limits);
    }

    private WeightNames.Source random(ModelTree.RandomWeights random) {
        Long seed = Longs.tryParse(random.seed());
        if (!random.generator().equals(RANDOM)) {
            throw unknown(random);
        }
        if (seed == null) {
            throw source.error(random.position(), "the seed %s does not fit 64 bits".formatted(random.seed()));
        }
        return new WeightNames.Random(random.name(), new RandomWeights(seed, limits));
    }

    private TextError unknown(ModelTree.RandomWeights random) {
        return source.error(
                random.position(),
                "unknown weights '%s'; a file is written in quotes, and made-up numbers random(7)"
                        .formatted(random.generator()));
    }
}
