/// Readers of untrusted files, run on bytes that Jazzer makes up. Whatever the bytes are, only `SkiveException` may come out.
@NullMarked
package dev.skive.frontend.fuzz;

import org.jspecify.annotations.NullMarked;
