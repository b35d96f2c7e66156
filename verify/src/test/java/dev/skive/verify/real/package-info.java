/// Real models and real inputs: where they come from, that they compute what ONNX Runtime computes, and what comes of it.
@NullMarked
package dev.skive.verify.real;

import org.jspecify.annotations.NullMarked;
