/// The pass manager, the rule engine with its rule files, the residual-stream analysis, and the passes by family.
@NullMarked
package dev.skive.passes;

import org.jspecify.annotations.NullMarked;
