/// Ways into and out of the IR: ONNX files, the model language and weight files.
///
/// Whatever is particular to a file format, its opset history included, stays in here.
@NullMarked
package dev.skive.frontend;

import org.jspecify.annotations.NullMarked;
