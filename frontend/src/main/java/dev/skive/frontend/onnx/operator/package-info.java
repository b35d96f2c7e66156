/// What each ONNX operator means in the IR, one file per operator that is not a plain rename.
@NullMarked
package dev.skive.frontend.onnx.operator;

import org.jspecify.annotations.NullMarked;
