package dev.skive.ir.op;

import com.google.common.base.CaseFormat;
import com.google.common.collect.ImmutableList;
import dev.skive.ir.eval.Datum;
import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.type.Type;

/// An operator with its attributes: a record that knows its arity, infers the types of its results, and evaluates
/// itself slowly and obviously. Nothing else belongs here: a pass or a code generator switches over the sealed families.
public sealed interface Op
        permits Source,
                Elementwise,
                Reduction,
                Contraction,
                DataMovement,
                Recurrent,
                Spatial,
                Structured,
                Dynamic,
                Windowed {
    /// The name in text, the record's name in kebab-case.
    default String mnemonic() {
        return CaseFormat.UPPER_CAMEL.to(CaseFormat.LOWER_HYPHEN, getClass().getSimpleName());
    }

    /// How many operands it takes.
    Arity arity();

    /// The types of the results.
    ///
    /// @throws dev.skive.ir.type.TypeError when the operands are not accepted
    ImmutableList<Type> infer(Operands operands);

    /// The results for concrete operands.
    ImmutableList<? extends Datum> evaluate(Evaluation evaluation);
}
