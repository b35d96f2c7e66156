/// What passes do to a model, in figures: quality on data, size, work and latency.
@NullMarked
package dev.skive.cli.quality;

import org.jspecify.annotations.NullMarked;
