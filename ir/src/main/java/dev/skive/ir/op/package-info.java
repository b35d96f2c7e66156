/// The operators: one record, one file each, in sealed families.
@NullMarked
package dev.skive.ir.op;

import org.jspecify.annotations.NullMarked;
