/// The operators of ONNX and their history.
@NullMarked
package dev.skive.verify.operator;

import org.jspecify.annotations.NullMarked;
