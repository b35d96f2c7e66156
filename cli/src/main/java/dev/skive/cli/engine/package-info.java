/// Compiled models as engines that can be checked and measured.
@NullMarked
package dev.skive.cli.engine;

import org.jspecify.annotations.NullMarked;
