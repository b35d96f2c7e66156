package dev.skive.verify.input;

/// What attention masks look like.
public enum Masks {
    /// Every position counts.
    FULL,
    /// Per row a random number of positions from the start counts, at least one.
    PADDED
}
