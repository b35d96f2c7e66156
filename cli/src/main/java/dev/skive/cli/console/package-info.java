/// What the command prints: text, tables, JSON, warnings, progress.
@NullMarked
package dev.skive.cli.console;

import org.jspecify.annotations.NullMarked;
