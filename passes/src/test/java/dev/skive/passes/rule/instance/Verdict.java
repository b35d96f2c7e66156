package dev.skive.passes.rule.instance;

/// What becomes of a rule's contract on one graph and its inputs.
public sealed interface Verdict {
    /// It was kept.
    record Kept() implements Verdict {}

    /// It was broken.
    ///
    /// @param how in words
    record Broken(String how) implements Verdict {}

    /// It says nothing: the graph before cannot be evaluated for these inputs, or is not finite where the contract is about
    /// numbers.
    ///
    /// @param why in words
    record Open(String why) implements Verdict {}
}
