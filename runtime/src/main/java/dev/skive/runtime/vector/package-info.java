/// Elementary functions on the Vector API. Besides generated code, only this package may touch `jdk.incubator.vector`.
@NullMarked
package dev.skive.runtime.vector;

import org.jspecify.annotations.NullMarked;
