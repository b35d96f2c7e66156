/// Passes and rules that keep every bit, and constant folding.
@NullMarked
package dev.skive.passes.exact;

import org.jspecify.annotations.NullMarked;
