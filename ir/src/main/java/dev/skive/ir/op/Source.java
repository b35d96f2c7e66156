package dev.skive.ir.op;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.eval.Evaluation;
import dev.skive.ir.eval.Tensor;

/// Values that are there without being computed.
public sealed interface Source extends Op permits Absent, Constant, Input {
    @Override
    default Arity arity() {
        return Arity.exactly(0);
    }

    @Override
    default ImmutableList<Tensor> evaluate(Evaluation evaluation) {
        throw new AssertionError(mnemonic() + " is given to the interpreter, not evaluated by it");
    }
}
