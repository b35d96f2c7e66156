/// Making new weights from old ones, outside the Java heap.
@NullMarked
package dev.skive.passes.weight;

import org.jspecify.annotations.NullMarked;
