/// Files that appear whole or not at all.
@NullMarked
package dev.skive.ir.file;

import org.jspecify.annotations.NullMarked;
