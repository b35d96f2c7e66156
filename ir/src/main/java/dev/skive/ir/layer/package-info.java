/// The layers of a network: the values that all of it passes through, what lies between them, and which of that is equal
/// up to constants.
@NullMarked
package dev.skive.ir.layer;

import org.jspecify.annotations.NullMarked;
