/// What compiled models call between their compiled parts: operators that take their course, or the sizes of their
/// results, from data.
@NullMarked
package dev.skive.runtime.dynamic;

import org.jspecify.annotations.NullMarked;
