/// What goes into the weights file.
@NullMarked
package dev.skive.codegen.weights;

import org.jspecify.annotations.NullMarked;
