package dev.skive.cli.console;

import java.io.PrintStream;
import java.time.Duration;
import me.tongfei.progressbar.ProgressBarConsumer;

/// The last line of a terminal, written again and again; the first two seconds of writing are left out.
final class PatientLine implements ProgressBarConsumer {
    private static final long PATIENCE_NANOS = Duration.ofSeconds(2).toNanos();
    private static final int WIDTH = 78;

    private final PrintStream stream;
    private final long start = System.nanoTime();
    private boolean written;

    PatientLine(PrintStream stream) {
        this.stream = stream;
    }

    @Override
    public int getMaxRenderedLength() {
        return WIDTH;
    }

    @Override
    public void accept(String line) {
        if (System.nanoTime() - start >= PATIENCE_NANOS) {
            stream.print("\r" + line);
            stream.flush();
            written = true;
        }
    }

    @Override
    public void clear() {
        if (written) {
            stream.print("\r" + " ".repeat(WIDTH) + "\r");
            stream.flush();
        }
    }

    @Override
    public void close() {
        clear();
    }
}
