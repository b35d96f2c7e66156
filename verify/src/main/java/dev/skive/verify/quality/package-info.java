/// How good a model is on data: compared with another model, or by what the data says is right.
@NullMarked
package dev.skive.verify.quality;

import org.jspecify.annotations.NullMarked;
