package dev.skive.frontend.lang;

/// Something cannot be read because of an error that has been reported.
final class ReportedError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ReportedError() {
        super("reported before", null, false, false);
    }
}
