package dev.skive.frontend.lang;

/// What a name stands for that nothing defines.
enum Unknown {
    /// Nothing: it is a mistake.
    IS_ERROR,
    /// A size that becomes known now, or only when the model runs.
    IS_SIZE
}
