/// The reference interpreter: plain, slow, obviously right.
@NullMarked
package dev.skive.ir.eval;

import org.jspecify.annotations.NullMarked;
