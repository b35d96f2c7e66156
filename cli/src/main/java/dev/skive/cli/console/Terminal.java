package dev.skive.cli.console;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/// Asks the operating system about the standard streams, because the JDK knows only whether both input and output are
/// a terminal.
final class Terminal {
    private static final int ERROR_STREAM = 2;

    private Terminal() {}

    /// True when the error stream is a terminal; false when that cannot be found out.
    static boolean isErrorStream() {
        if (!Terminal.class.getModule().isNativeAccessEnabled()) {
            return false;
        }
        return isatty().map(Terminal::answer).orElse(false);
    }

    @SuppressWarnings("restricted")
    private static Optional<MethodHandle> isatty() {
        Linker linker = Linker.nativeLinker();
        var lookup = linker.defaultLookup();
        var type = FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
        return lookup.find("isatty")
                .or(() -> lookup.find("_isatty"))
                .map(address -> linker.downcallHandle(address, type));
    }

    private static boolean answer(MethodHandle isatty) {
        try {
            return (int) isatty.invokeExact(ERROR_STREAM) != 0;
        } catch (Throwable e) {
            throw new AssertionError("isatty throws nothing", e);
        }
    }
}
