/// What a pass is: its contract, its facts, and what it is given to run with.
@NullMarked
package dev.skive.passes;

import org.jspecify.annotations.NullMarked;
