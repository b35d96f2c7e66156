package dev.skive.frontend.hostile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/// All hostile models as files: the models, a data file for those that need one, and `list.tsv` with what becomes of each.
/// A test that uses them puts them into a folder with links; see [HostileFolder].
public final class HostileCorpus {
    /// Where the files are.
    public static final String FOLDER = "src/test/resources/hostile";

    private static final int DATA_BYTES = 64;

    private HostileCorpus() {}

    /// Every model.
    public static ImmutableList<HostileModel> models() {
        return ImmutableList.<HostileModel>builder()
                .addAll(HostilePaths.models())
                .addAll(HostileBytes.models())
                .addAll(HostileTensors.models())
                .addAll(HostileGraphs.models())
                .addAll(HostileSizes.models())
                .addAll(HostileNames.models())
                .build();
    }

    /// Every file by name.
    public static ImmutableMap<String, byte[]> files() {
        ImmutableList<HostileModel> models = models();
        var files = ImmutableMap.<String, byte[]>builder();
        models.forEach(model -> files.put(model.file(), model.bytes()));
        String list = models.stream().map(model -> model.line() + "\n").collect(Collectors.joining());
        files.put("list.tsv", list.getBytes(StandardCharsets.UTF_8));
        files.put("inside.bin", new byte[DATA_BYTES]);
        return files.buildOrThrow();
    }
}
