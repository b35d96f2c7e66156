/// Passes that recognize what exporters spell out: norms, activations, linear layers, attention, embeddings.
@NullMarked
package dev.skive.passes.fuse;

import org.jspecify.annotations.NullMarked;
