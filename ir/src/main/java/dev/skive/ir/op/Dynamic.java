package dev.skive.ir.op;

/// Operators that take their course, or the sizes of their results, from data: branches, loops, searches. An axis whose
/// size only a run can tell has a plain symbol in the type of the result; the operator that introduces a symbol gives it
/// its value when it has run.
public sealed interface Dynamic extends Op
        permits ConcatFromSequence,
                If,
                KeyPlaces,
                Loop,
                NonZero,
                OptionalGet,
                OptionalHas,
                OptionalOf,
                PairProbabilities,
                Reshaping,
                Search,
                SequenceAt,
                SequenceConstruct,
                SequenceErase,
                SequenceInsert,
                SequenceLength,
                SplitToSequence,
                TextCodes,
                TextConcat,
                TextFrequencies,
                TextFromNumber,
                TextMatch,
                TextNormalize,
                TextPick,
                TextSplit,
                TextToNumber {}
