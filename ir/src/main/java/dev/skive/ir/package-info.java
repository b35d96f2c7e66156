/// Types, shapes, operators, values, graphs, constants, the reference interpreter, and the graph analyses that
/// every other module builds on.
///
/// The IR knows nothing of ONNX files, of passes or of generated code.
@NullMarked
package dev.skive.ir;

import org.jspecify.annotations.NullMarked;
