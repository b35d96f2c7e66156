/// Where temporaries and constants lie during a run.
@NullMarked
package dev.skive.codegen.memory;

import org.jspecify.annotations.NullMarked;
