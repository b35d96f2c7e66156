/// ONNX files as bytes: mapping, parsing, tensors, external data, and the checks an untrusted file needs.
@NullMarked
package dev.skive.frontend.onnx.file;

import org.jspecify.annotations.NullMarked;
