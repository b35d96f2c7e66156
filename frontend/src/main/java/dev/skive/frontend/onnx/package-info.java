/// Reading and writing ONNX models. The IR knows no ONNX: versions of operators, shape arithmetic and file layout end here.
@NullMarked
package dev.skive.frontend.onnx;

import org.jspecify.annotations.NullMarked;
