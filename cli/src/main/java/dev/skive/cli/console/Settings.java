package dev.skive.cli.console;

import picocli.CommandLine.Option;

/// The options every verb has.
public final class Settings {
    @Option(names = "--json", description = "Print one JSON object instead of text.")
    private boolean json;

    @Option(
            names = {"-q", "--quiet"},
            description = "Print errors only.")
    private boolean quiet;

    @Option(
            names = {"-v", "--verbose"},
            description = "Print more, and the stack trace of an error.")
    private boolean verbose;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description = "Seed of everything random (default: ${DEFAULT-VALUE}).")
    private long seed;

    /// Whether JSON is printed instead of text.
    public boolean isJson() {
        return json;
    }

    /// Whether only errors are printed.
    public boolean isQuiet() {
        return quiet;
    }

    /// Whether more is printed.
    public boolean isVerbose() {
        return verbose;
    }

    /// The seed of everything random.
    public long seed() {
        return seed;
    }
}
