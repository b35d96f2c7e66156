package dev.skive.frontend.lang;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.Longs;
import dev.skive.frontend.onnx.Limit;
import dev.skive.frontend.onnx.Limits;
import dev.skive.frontend.weights.LlamaCheckpoint;
import dev.skive.frontend.weights.ModelFolder;
import dev.skive.frontend.weights.Npz;
import dev.skive.frontend.weights.RandomWeights;
import dev.skive.frontend.weights.Safetensors;
import dev.skive.grammar.SourceText;
import dev.skive.grammar.TextError;
import dev.skive.grammar.tree.ModelTree;
import dev.skive.grammar.tree.Position;
import dev.skive.ir.SkiveException;
import dev.skive.ir.data.TensorData;
import java.nio.file.Path;
import java.util.HashSet;
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
    /// @throws SkiveException when a file is missing, unsafe or damaged
    WeightNames of(ModelTree tree) {
        var sources = ImmutableList.<WeightNames.Source>builder();
        Set<String> aliases = new HashSet<>();
        for (ModelTree.Item item : tree.items()) {
            Optional<WeightNames.Source> weights =
                    switch (item) {
                        case ModelTree.WeightsFile file -> Optional.of(file(file));
                        case ModelTree.RandomWeights random -> Optional.of(random(random));
                        default -> Optional.empty();
                    };
            weights.ifPresent(found -> {
                found.alias().ifPresent(alias -> checkAlias(item.position(), alias, aliases));
                sources.add(found);
            });
        }
        return new WeightNames(sources.build());
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
        String name = file.file();
        if (!name.endsWith(".safetensors") && !name.endsWith(".npz") && !name.endsWith(".bin")) {
            throw source.error(
                    file.position(),
                    "'%s' is no file of weights that is known: .safetensors, .npz, or .bin of llama2.c".formatted(name));
        }
        Path path = folder.resolve(name, "weights");
        if (name.endsWith(".safetensors")) {
            return Safetensors.read(path).tensors();
        }
        return name.endsWith(".npz")
                ? Npz.read(path, limits.of(Limit.MEMORY_BYTES))
                : LlamaCheckpoint.read(path).tensors();
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
