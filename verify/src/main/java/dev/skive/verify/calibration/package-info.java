/// Data that passes learn from and that models are judged on, and the engines that run it.
@NullMarked
package dev.skive.verify.calibration;

import org.jspecify.annotations.NullMarked;
