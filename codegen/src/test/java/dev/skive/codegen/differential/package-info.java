/// Generated code against the interpreter: random graphs, inputs, bounds on rounding errors, and the comparison.
@NullMarked
package dev.skive.codegen.differential;

import org.jspecify.annotations.NullMarked;
