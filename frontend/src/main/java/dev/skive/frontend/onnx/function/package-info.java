/// Functions that a model brings along, replaced by what they are made of.
@NullMarked
package dev.skive.frontend.onnx.function;

import org.jspecify.annotations.NullMarked;
