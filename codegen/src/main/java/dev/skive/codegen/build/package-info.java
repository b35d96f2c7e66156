/// Compiling, packaging and loading generated classes.
@NullMarked
package dev.skive.codegen.build;

import org.jspecify.annotations.NullMarked;
