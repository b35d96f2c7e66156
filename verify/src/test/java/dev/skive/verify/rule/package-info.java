/// Rewrite rules held against ONNX Runtime.
@NullMarked
package dev.skive.verify.rule;

import org.jspecify.annotations.NullMarked;
