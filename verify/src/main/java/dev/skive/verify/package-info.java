/// Evidence: engines run on the same inputs, their outputs compared, and a referee that says who is right.
@NullMarked
package dev.skive.verify;

import org.jspecify.annotations.NullMarked;
