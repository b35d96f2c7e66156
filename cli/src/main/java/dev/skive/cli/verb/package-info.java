/// The verbs of the command, one file each.
@NullMarked
package dev.skive.cli.verb;

import org.jspecify.annotations.NullMarked;
