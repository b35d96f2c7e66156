/// Constants kept outside the Java heap.
@NullMarked
package dev.skive.ir.data;

import org.jspecify.annotations.NullMarked;
