/// Files that hold tensors and no graph.
@NullMarked
package dev.skive.frontend.weights;

import org.jspecify.annotations.NullMarked;
