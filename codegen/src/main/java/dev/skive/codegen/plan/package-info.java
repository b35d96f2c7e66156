/// The kernel plan: which fused kernels run in which order over which views of which buffers.
@NullMarked
package dev.skive.codegen.plan;

import org.jspecify.annotations.NullMarked;
