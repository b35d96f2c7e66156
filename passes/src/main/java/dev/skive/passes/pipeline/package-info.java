/// Lists of passes: their text, their order, and running them.
@NullMarked
package dev.skive.passes.pipeline;

import org.jspecify.annotations.NullMarked;
