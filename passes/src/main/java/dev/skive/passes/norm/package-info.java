/// Passes that change how a network is normalized, and those that fold what a normalization does into weights.
@NullMarked
package dev.skive.passes.norm;

import org.jspecify.annotations.NullMarked;
