/// Models made to do harm. Code builds them, the folder `hostile` holds them, tests of several modules read them.
@NullMarked
package dev.skive.frontend.hostile;

import org.jspecify.annotations.NullMarked;
