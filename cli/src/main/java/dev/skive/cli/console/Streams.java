package dev.skive.cli.console;

import java.io.PrintStream;

/// Where the command prints to.
///
/// @param out results
/// @param err errors, warnings and progress
/// @param interactive whether a person watches `err`
public record Streams(PrintStream out, PrintStream err, boolean interactive) {
    /// The streams of this process.
    public static Streams ofProcess() {
        return new Streams(System.out, System.err, Terminal.isErrorStream());
    }
}
