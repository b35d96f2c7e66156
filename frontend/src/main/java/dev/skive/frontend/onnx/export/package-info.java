/// What each IR operator means in ONNX, for a chosen opset.
@NullMarked
package dev.skive.frontend.onnx.export;

import org.jspecify.annotations.NullMarked;
