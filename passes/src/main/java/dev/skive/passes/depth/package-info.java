/// Passes that make networks less deep: they drop, merge or widen the blocks of a residual stream.
@NullMarked
package dev.skive.passes.depth;

import org.jspecify.annotations.NullMarked;
