package dev.skive.ir;

/// What kind of failure a [SkiveException] is; the command line exits with its [#status()].
public enum ExitCode {
    /// A check, gate or budget failed, or could not run.
    CHECK_FAILED(1),
    /// The command, option or pipeline text is wrong.
    USAGE(2),
    /// The model is invalid or uses something Skive does not support.
    INVALID_MODEL(3),
    /// Refused for safety, or a limit was exceeded.
    REFUSED(4),
    /// A file is missing or could not be read or written.
    IO(5),
    /// A defect in Skive.
    INTERNAL(70);

    private final int status;

    ExitCode(int status) {
        this.status = status;
    }

    /// The process exit status.
    public int status() {
        return status;
    }
}
