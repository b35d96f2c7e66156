/// The `skive` command and its reports.
///
/// A verb parses its options, calls the module that does the work, and prints the outcome.
@NullMarked
package dev.skive.cli;

import org.jspecify.annotations.NullMarked;
