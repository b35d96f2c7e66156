/// Compiled models held against ONNX Runtime.
@NullMarked
package dev.skive.cli.check;

import org.jspecify.annotations.NullMarked;
