/// What the runtime asks of the Vector API; loaded only where its module is present.
@NullMarked
package dev.skive.runtime.vector;

import org.jspecify.annotations.NullMarked;
