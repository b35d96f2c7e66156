/// ONNX Runtime as reference.
@NullMarked
package dev.skive.verify.ort;

import org.jspecify.annotations.NullMarked;
