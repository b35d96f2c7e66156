/// Programs: models that take their course, or the sizes of their tensors, from data. What lies between such steps is
/// compiled as any other model is.
@NullMarked
package dev.skive.codegen.program;

import org.jspecify.annotations.NullMarked;
