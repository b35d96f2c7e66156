package dev.skive.passes.pipeline;

import com.google.common.collect.ImmutableSortedMap;

/// Names for lists of passes that belong together.
final class Bundles {
    private static final String EXACT = "fold-constants,simplify-algebra";
    private static final String RECOGNIZE =
            "fold-constants{inexact=true},simplify-algebra{inexact=true},fuse-convolutions,fuse-embeddings,fuse-norms,"
                    + "fuse-activations,fuse-linears,fuse-attention,";
    private static final String FUSE = RECOGNIZE + "merge-linears,simplify-algebra{inexact=true}";

    /// The pipeline text of each bundle. `simplify` is another name for `exact`; `compile` is what
    /// goes before code is generated; `recognize` leaves norms, attention and linear layers as one operator each, not merged
    /// with each other, as passes over layers want them.
    static final ImmutableSortedMap<String, String> ALL =
            ImmutableSortedMap.of(
                    "exact",
                    EXACT,
                    "simplify",
                    EXACT,
                    "fuse",
                    FUSE,
                    "recognize",
                    "widen-weights," + EXACT + "," + RECOGNIZE + "simplify-algebra{inexact=true}",
                    "compile",
                    "widen-weights," + EXACT + "," + FUSE);

    private Bundles() {}
}
