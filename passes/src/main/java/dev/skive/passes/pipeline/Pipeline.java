package dev.skive.passes.pipeline;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.passes.Contract;
import dev.skive.passes.Exactness;
import dev.skive.passes.Fact;
import dev.skive.passes.Pass;
import java.util.HashSet;
import java.util.stream.Collectors;

/// Passes in the order they run, each with what it requires established by those before it. Its text, bundles
/// resolved and every option written out, parses back to an equal pipeline.
///
/// @param passes in order
public record Pipeline(ImmutableList<Pass> passes) {
    /// Checks that every required fact is established in time.
    ///
    /// @throws SkiveException when one is not
    public Pipeline {
        var established = new HashSet<Fact>();
        for (Pass pass : passes) {
            for (Fact fact : pass.requires()) {
                if (!established.contains(fact)) {
                    throw new SkiveException(
                            ExitCode.USAGE,
                            "pass '%s' requires '%s', which no pass before it establishes"
                                    .formatted(pass.name(), fact));
                }
            }
            established.addAll(pass.establishes());
        }
    }

    /// The pipeline a text such as `simplify,fuse,drop-layers{count=3}` stands for.
    ///
    /// @throws SkiveException when the text is malformed, names nothing known, or requires what is not established
    public static Pipeline parse(String text, PassRegistry registry) {
        return new Pipeline(
                PassText.parseAll(text).stream()
                        .flatMap(item -> registry.resolve(item).stream())
                        .collect(ImmutableList.toImmutableList()));
    }

    /// The loosest contract among its passes.
    public Contract contract() {
        return passes.stream()
                .map(Pass::contract)
                .reduce(Exactness.EXACT, (loosest, next) -> loosest.permits(next) ? loosest : next);
    }

    /// This pipeline, once it is sure that no pass is looser than `allowed`.
    ///
    /// @throws SkiveException naming the passes that are
    public Pipeline within(Contract allowed) {
        String looser =
                passes.stream()
                        .filter(pass -> !allowed.permits(pass.contract()))
                        .map(pass -> pass.name() + " (" + pass.contract() + ")")
                        .collect(Collectors.joining(", "));
        if (!looser.isEmpty()) {
            throw new SkiveException(ExitCode.USAGE, "only %s passes are allowed, found %s".formatted(allowed, looser));
        }
        return this;
    }

    /// Its first `count` passes, to bisect it.
    public Pipeline stopAfter(int count) {
        return new Pipeline(passes.subList(0, Math.min(count, passes.size())));
    }

    @Override
    public String toString() {
        return passes.stream().map(PassOptions::print).collect(Collectors.joining(","));
    }
}
