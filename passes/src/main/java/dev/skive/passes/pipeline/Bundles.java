package dev.skive.passes.pipeline;

import com.google.common.collect.ImmutableSortedMap;

/// Names for lists of passes that belong together.
final class Bundles {
    private static final String EXACT = "fold-constants,simplify-algebra";

    /// The pipeline text of each bundle. `simplify` is another name for `exact`.
    static final ImmutableSortedMap<String, String> ALL =
            ImmutableSortedMap.of(
                    "exact",
                    EXACT,
                    "simplify",
                    EXACT,
                    "fuse",
                    "fold-constants{inexact=true},fuse-embeddings,fuse-norms,fuse-gelu,fuse-linears,fuse-attention,"
                            + "merge-linears,simplify-algebra");

    private Bundles() {}
}
