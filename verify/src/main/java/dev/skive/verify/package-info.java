/// Evidence: ONNX Runtime as reference, metrics, contract checks, bisection, and support for users' own tests.
@NullMarked
package dev.skive.verify;

import org.jspecify.annotations.NullMarked;
