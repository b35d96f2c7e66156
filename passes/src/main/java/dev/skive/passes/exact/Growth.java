package dev.skive.passes.exact;

/// How much larger folding may still make a model: each constant may be a little larger than what it replaces, and many
/// of them must not add up to any size.
final class Growth {
    private long left;

    Growth(long limit) {
        this.left = limit;
    }

    /// Takes what a constant adds, unless too little is left.
    ///
    /// @return whether it was taken
    boolean take(long bytes) {
        boolean enough = bytes <= left;
        left -= enough ? Math.max(0, bytes) : 0;
        return enough;
    }
}
