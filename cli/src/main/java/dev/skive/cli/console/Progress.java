package dev.skive.cli.console;

import java.io.PrintStream;
import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/// A bar that appears when work takes longer than two seconds, and goes away with it.
public final class Progress implements AutoCloseable {
    private static final int INTERVAL_MILLIS = 200;

    private final Optional<ProgressBar> bar;

    private Progress(Optional<ProgressBar> bar) {
        this.bar = bar;
    }

    /// Progress that nobody sees.
    static Progress hidden() {
        return new Progress(Optional.empty());
    }

    static Progress shown(String task, long steps, PrintStream stream) {
        return new Progress(
                Optional.of(
                        new ProgressBarBuilder()
                                .setTaskName(task)
                                .setInitialMax(steps)
                                .setStyle(ProgressBarStyle.ASCII)
                                .setUpdateIntervalMillis(INTERVAL_MILLIS)
                                .continuousUpdate()
                                .clearDisplayOnFinish()
                                .setConsumer(new PatientLine(stream))
                                .build()));
    }

    /// One more step is done.
    public void step() {
        bar.ifPresent(ProgressBar::step);
    }

    /// So many steps are done.
    public void stepTo(long done) {
        bar.ifPresent(shown -> shown.stepTo(done));
    }

    /// Says what is being worked on.
    public void say(String what) {
        bar.ifPresent(shown -> shown.setExtraMessage(what));
    }

    @Override
    public void close() {
        bar.ifPresent(ProgressBar::close);
    }
}
