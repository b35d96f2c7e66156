/// What passes learn from data: the values of a graph on calibration samples, and statistics of them.
@NullMarked
package dev.skive.passes.calibration;

import org.jspecify.annotations.NullMarked;
