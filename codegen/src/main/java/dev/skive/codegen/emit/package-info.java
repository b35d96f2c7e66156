/// Java source from a kernel plan.
@NullMarked
package dev.skive.codegen.emit;

import org.jspecify.annotations.NullMarked;
