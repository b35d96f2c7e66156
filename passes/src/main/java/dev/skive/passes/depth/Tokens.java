package dev.skive.passes.depth;

/// Which positions of a sequence a comparison looks at.
public enum Tokens {
    /// All of them, averaged.
    ALL,
    /// The first, where encoders such as BERT gather what they say of the whole sequence.
    FIRST,
    /// The last, which decoders continue from.
    LAST;

    /// The first position looked at, of so many.
    int from(int count) {
        return this == LAST ? count - 1 : 0;
    }

    /// The position after the last one looked at, of so many.
    int to(int count) {
        return this == FIRST ? 1 : count;
    }
}
