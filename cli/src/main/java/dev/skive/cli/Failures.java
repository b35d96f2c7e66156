package dev.skive.cli;

import com.google.common.collect.ImmutableMap;
import dev.skive.cli.console.Console;
import dev.skive.cli.console.Settings;
import dev.skive.cli.console.Streams;
import dev.skive.cli.verb.Verb;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// Turns exceptions into one message and an exit status.
///
/// @param streams where messages go
record Failures(Streams streams) {
    /// A wrong command line.
    int usage(ParameterException exception, String[] arguments) {
        CommandLine command = exception.getCommandLine();
        report(text(exception), ExitCode.USAGE, settings(command));
        UnmatchedArgumentException.printSuggestions(exception, streams.err());
        streams.err().println("Try '%s --help'.".formatted(command.getCommandSpec().qualifiedName()));
        return ExitCode.USAGE.status();
    }

    /// An exception of a verb at work.
    int status(Exception exception, CommandLine command) {
        Settings settings = settings(command);
        if (exception instanceof SkiveException known) {
            return report(known, text(known), known.code(), settings);
        }
        Throwable failure = exception instanceof UncheckedIOException ? exception.getCause() : exception;
        if (failure instanceof IOException io) {
            return report(exception, message(io), ExitCode.IO, settings);
        }
        report("internal error: " + exception, ExitCode.INTERNAL, settings);
        return defect(exception);
    }

    private int report(Exception exception, String message, ExitCode code, Settings settings) {
        report(message, code, settings);
        if (settings.isVerbose()) {
            exception.printStackTrace(streams.err());
        }
        return code.status();
    }

    /// A defect, which comes with a stack trace always. A model that needs more memory than there is, is none.
    int defect(Throwable defect) {
        if (defect instanceof OutOfMemoryError) {
            new Console(streams, new Settings())
                    .error("the model needs more memory than there is; if you trust it, give the JVM more with -Xmx");
            return ExitCode.REFUSED.status();
        }
        defect.printStackTrace(streams.err());
        return ExitCode.INTERNAL.status();
    }

    private void report(String message, ExitCode code, Settings settings) {
        var console = new Console(streams, settings);
        console.error(message);
        console.json(ImmutableMap.of("error", ImmutableMap.of("code", code.status(), "message", message)));
    }

    private static String text(Exception exception) {
        return Optional.ofNullable(exception.getMessage()).orElse(exception.getClass().getSimpleName());
    }

    private static Settings settings(CommandLine command) {
        return command.getCommand() instanceof Verb verb ? verb.settings() : new Settings();
    }

    private static String message(IOException exception) {
        return switch (exception) {
            case NoSuchFileException missing -> "no such file: '%s'".formatted(missing.getFile());
            case AccessDeniedException denied -> "not permitted: '%s'".formatted(denied.getFile());
            case FileAlreadyExistsException present -> "in the way: '%s'".formatted(present.getFile());
            default -> "input or output failed: " + exception.getMessage();
        };
    }
}
