package dev.skive.passes.pipeline;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.passes.Nearest;
import dev.skive.passes.Pass;
import java.util.ServiceLoader;

/// The passes and bundles that pipeline text can name.
public final class PassRegistry {
    private final ImmutableSortedMap<String, Pass> passes;
    private final ImmutableSortedMap<String, String> bundles;

    private PassRegistry(ImmutableSortedMap<String, Pass> passes, ImmutableSortedMap<String, String> bundles) {
        this.passes = passes;
        this.bundles = bundles;
    }

    /// All passes on the class path, and the built-in bundles.
    public static PassRegistry load() {
        return of(ImmutableList.copyOf(ServiceLoader.load(Pass.class)));
    }

    /// These passes and the built-in bundles.
    public static PassRegistry of(Iterable<Pass> found) {
        var passes = ImmutableSortedMap.<String, Pass>naturalOrder();
        found.forEach(pass -> passes.put(pass.name(), pass));
        return new PassRegistry(passes.buildOrThrow(), Bundles.ALL);
    }

    /// Every pass with its default options, by name.
    public ImmutableCollection<Pass> passes() {
        return passes.values();
    }

    /// The pipeline text each bundle stands for, by name.
    public ImmutableSortedMap<String, String> bundles() {
        return bundles;
    }

    /// The text of a pass, every option written out.
    public static String text(Pass pass) {
        return PassOptions.print(pass);
    }

    /// The passes one item of pipeline text stands for.
    ///
    /// @throws SkiveException when it names nothing known
    ImmutableList<Pass> resolve(PassText item) {
        Pass pass = passes.get(item.name());
        if (pass != null) {
            return ImmutableList.of(PassOptions.with(pass, item.options()));
        }
        String bundle = bundles.get(item.name());
        if (bundle == null) {
            throw unknown(item.name());
        }
        if (!item.options().isEmpty()) {
            throw new SkiveException(
                    ExitCode.USAGE,
                    "'%s' is a bundle and has no options; it stands for %s".formatted(item.name(), bundle));
        }
        return PassText.parseAll(bundle).stream()
                .flatMap(part -> resolve(part).stream())
                .collect(ImmutableList.toImmutableList());
    }

    private SkiveException unknown(String name) {
        var known = ImmutableSet.<String>builder().addAll(bundles.keySet()).addAll(passes.keySet()).build();
        return new SkiveException(ExitCode.USAGE, "unknown pass '%s'; %s".formatted(name, Nearest.hint(name, known)));
    }
}
