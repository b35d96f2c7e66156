/// JMH benchmarks and the side-by-side runs against ONNX Runtime.
@NullMarked
package dev.skive.bench;

import org.jspecify.annotations.NullMarked;
