/// The residual streams of a network: the chains `x' = x + f(x)`, cut into blocks, what each block is, and which blocks
/// are the same computation with other weights.
@NullMarked
package dev.skive.passes.residual;

import org.jspecify.annotations.NullMarked;
