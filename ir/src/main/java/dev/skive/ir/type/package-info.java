/// Element types, symbolic dimensions, shapes and tensor types.
@NullMarked
package dev.skive.ir.type;

import org.jspecify.annotations.NullMarked;
