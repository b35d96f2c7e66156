/// Fusion of a graph into kernels, the memory plan, the emission of Java source and the packing of weights.
@NullMarked
package dev.skive.codegen;

import org.jspecify.annotations.NullMarked;
