package dev.skive.cli.verb;

import dev.skive.cli.console.Console;
import dev.skive.cli.console.Settings;
import dev.skive.cli.console.Streams;
import dev.skive.ir.ExitCode;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// A verb of the command. Its fields are its options, filled from the command line.
@Command(
        mixinStandardHelpOptions = true,
        showDefaultValues = false,
        sortOptions = false,
        usageHelpAutoWidth = true,
        descriptionHeading = "%n",
        parameterListHeading = "%n",
        optionListHeading = "%n")
public abstract class Verb implements Callable<Integer> {
    /// The exit status of success.
    static final int OK = 0;

    /// The exit status when a check did not hold.
    static final int FAILED = ExitCode.CHECK_FAILED.status();

    private final Streams streams;

    @Mixin private Settings settings = new Settings();

    Verb(Streams streams) {
        this.streams = streams;
    }

    /// Does the work.
    ///
    /// @return the exit status
    abstract int run(Console console) throws IOException;

    /// The options that every verb has.
    public Settings settings() {
        return settings;
    }

    @Override
    public final Integer call() throws IOException {
        return run(new Console(streams, settings));
    }
}
