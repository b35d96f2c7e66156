/// Time measurements of engines that take turns in one process.
@NullMarked
package dev.skive.cli.bench;

import org.jspecify.annotations.NullMarked;
