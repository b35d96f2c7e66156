package dev.skive.ir.eval;

/// What the interpreter does with real results.
public enum Precision {
    /// Rounds every operator's result to its element type, as an engine that stores tensors in that type does.
    DECLARED,
    /// Keeps doubles throughout: the referee between two engines that round differently.
    DOUBLE
}
