package dev.skive.cli;

import com.google.common.collect.ImmutableList;
import dev.skive.cli.console.Streams;
import dev.skive.cli.verb.Bench;
import dev.skive.cli.verb.Compile;
import dev.skive.cli.verb.ConformanceVerb;
import dev.skive.cli.verb.Demo;
import dev.skive.cli.verb.Explain;
import dev.skive.cli.verb.Inspect;
import dev.skive.cli.verb.Optimize;
import dev.skive.cli.verb.Passes;
import dev.skive.cli.verb.Print;
import dev.skive.cli.verb.Rules;
import dev.skive.cli.verb.Run;
import dev.skive.cli.verb.Verb;
import dev.skive.cli.verb.Verify;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;

/// The `skive` command.
@Command(
        name = "skive",
        description = "Compiles neural-network models to plain Java.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        subcommands = CommandLine.HelpCommand.class,
        synopsisSubcommandLabel = "VERB",
        usageHelpAutoWidth = true,
        footer = {
            "",
            "Exit codes: 0 ok; 1 a check failed or could not run; 2 wrong usage; 3 model invalid or unsupported;",
            "4 refused for safety or a limit; 5 input/output; 70 a defect in skive."
        })
public final class Main implements Runnable {
    @CommandLine.Spec private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    private Main() {}

    /// Runs the command and ends the process.
    public static void main(String[] arguments) {
        Locale.setDefault(Locale.ROOT);
        System.exit(execute(Streams.ofProcess(), arguments));
    }

    /// Runs the command.
    ///
    /// @return the exit status
    public static int execute(Streams streams, String... arguments) {
        var failures = new Failures(streams);
        var line = new CommandLine(new Main());
        verbs(streams).forEach(line::addSubcommand);
        line.setOut(writer(streams.out()));
        line.setErr(writer(streams.err()));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler(failures::usage);
        line.setExecutionExceptionHandler((exception, command, result) -> failures.status(exception, command));
        try {
            return line.execute(arguments);
        } catch (Error defect) {
            return failures.defect(defect);
        }
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, stream.charset());
    }

    private static ImmutableList<Verb> verbs(Streams streams) {
        return ImmutableList.of(
                new Inspect(streams),
                new Print(streams),
                new Optimize(streams),
                new Passes(streams),
                new Rules(streams),
                new Explain(streams),
                new Compile(streams),
                new Run(streams),
                new Verify(streams),
                new Bench(streams),
                new ConformanceVerb(streams),
                new Demo(streams));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a verb is missing");
    }

    /// The version that the build wrote into the jar.
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version =
                    Optional.ofNullable(Main.class.getPackage().getImplementationVersion()).orElse("(not packaged)");
            return new String[] {"skive " + version};
        }
    }
}
