/// JMH benchmarks of generated kernels at the sizes of MiniLM, each in a model of its own.
///
/// Whole models are measured against ONNX Runtime by `skive bench`, where both take turns in one process.
@NullMarked
package dev.skive.bench;

import org.jspecify.annotations.NullMarked;
