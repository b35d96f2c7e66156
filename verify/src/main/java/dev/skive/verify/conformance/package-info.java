/// Running trees of ONNX backend tests: finding the cases, reading their values, comparing, reporting.
@NullMarked
package dev.skive.verify.conformance;

import org.jspecify.annotations.NullMarked;
