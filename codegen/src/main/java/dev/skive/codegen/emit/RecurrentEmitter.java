package dev.skive.codegen.emit;

import com.palantir.javapoet.CodeBlock;
import dev.skive.codegen.plan.RecurrentKernel;
import dev.skive.codegen.plan.View;
import dev.skive.ir.op.Gru;
import dev.skive.ir.op.Lstm;
import dev.skive.ir.op.Recurrent;
import dev.skive.ir.op.Rnn;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import java.util.Optional;

/// The steps of recurrent operators: every worker takes some sequences from the first step to the last, so that workers
/// never wait for each other.
///
/// @param onVectors whether the Vector API is used
record RecurrentEmitter(boolean onVectors) implements KernelEmitter<RecurrentKernel> {
    @Override
    public void emit(RecurrentKernel kernel, KernelMethod method) {
        new Steps(kernel, method, new HiddenProduct(kernel, method, onVectors)).emit(onVectors);
    }

    /// The loops of one kernel.
    ///
    /// @param product how the hidden state is weighted
    private record Steps(RecurrentKernel kernel, KernelMethod method, HiddenProduct product) {
        private void emit(boolean onVectors) {
            parameters();
            CodeBlock.Builder code = method.code();
            String batch = method.size(kernel.batch());
            code.addStatement("final $L[] states = $L", type(), method.array(kernel.write()));
            code.addStatement("final int units = $L", method.size(units()));
            code.addStatement("final int steps = $L", method.size(kernel.steps()));
            code.beginControlFlow("for (int n = worker.from($L), last = worker.to($L); n < last; n++)", batch, batch);
            places(batch);
            start("hidden", "initial", kernel.optional().initial());
            if (kernel.op() instanceof Lstm) {
                start("cell", "initialCell", kernel.optional().initialCell());
            }
            length();
            code.beginControlFlow("for (int i = 0; i < length; i++)");
            code.addStatement("final int at = $L * $L + n", kernel.op().reverse() ? "(length - 1 - i)" : "i", batch);
            code.addStatement("final int from = in + at * $L", method.size(kernel.input().shape().last()));
            step(onVectors);
            code.addStatement("System.arraycopy(states, hidden, states, out + at * units, units)");
            code.endControlFlow();
            end(batch);
            code.endControlFlow();
        }

        private void parameters() {
            method.offset("out", kernel.write());
            method.offset("in", kernel.input());
            kernel.optional().lengths().ifPresent(view -> method.offset("lengths", view));
            kernel.optional().initial().ifPresent(view -> method.offset("initial", view));
            kernel.optional().initialCell().ifPresent(view -> method.offset("initialCell", view));
            kernel.optional().vector().ifPresent(view -> method.offset("vector", view));
            product.parameters();
        }

        private ElementType element() {
            return kernel.write().element();
        }

        private String type() {
            return ScalarCode.javaType(element());
        }

        private Dim units() {
            return kernel.input()
                    .shape()
                    .last()
                    .divideExactly(Dim.of(kernel.op().gates()))
                    .orElseThrow(AssertionError::new);
        }

        private void places(String batch) {
            Recurrent op = kernel.op();
            boolean packed = !kernel.hidden().packed().isEmpty();
            CodeBlock.Builder code = method.code();
            code.addStatement("final int hidden = out + (steps * $L + n) * units", batch);
            if (op instanceof Lstm) {
                code.addStatement("final int cell = hidden + $L * units", batch);
            }
            code.addStatement(
                    "final int gates = out + (steps + $L) * $L * units + n * $L",
                    op.states(),
                    batch,
                    method.size(RecurrentKernel.area(op, units(), packed)));
            if (op instanceof Gru) {
                code.addStatement(
                        "final int candidate = gates + $L",
                        method.size(RecurrentKernel.padded(units().times(2), packed)));
                code.addStatement(
                        "final int kept = candidate + $L", method.size(RecurrentKernel.padded(units(), packed)));
            }
        }

        private void start(String state, String name, Optional<View> initial) {
            if (initial.isPresent()) {
                method.code()
                        .addStatement(
                                "System.arraycopy($L, $L + n * units, states, $L, units)",
                                method.array(initial.get()),
                                name,
                                state);
            } else {
                clear(state, state + " + units");
            }
        }

        private void clear(String from, String to) {
            method.code().addStatement("$T.fill(states, $L, $L, 0)", java.util.Arrays.class, from, to);
        }

        private void length() {
            Optional<View> lengths = kernel.optional().lengths();
            if (lengths.isEmpty()) {
                method.code().addStatement("final int length = steps");
                return;
            }
            String element = ScalarCode.load(method.array(lengths.get()) + "[lengths + n]", lengths.get().element());
            method.code().addStatement("final int length = $T.length($L, steps)", RuntimeTypes.SIZES, element);
        }

        private void step(boolean onVectors) {
            String states = "states";
            switch (kernel.op()) {
                case Rnn rnn -> {
                    product.emit(0, "hidden", "gates", HiddenProduct.INPUT);
                    loop(CellFormula.of(rnn, states), onVectors);
                }
                case Lstm lstm -> {
                    product.emit(0, "hidden", "gates", HiddenProduct.INPUT);
                    Optional<String> peepholes = kernel.optional().vector().map(method::array);
                    loop(CellFormula.of(lstm, states, "units", peepholes), onVectors);
                }
                case Gru gru -> {
                    product.emit(0, "hidden", "gates", HiddenProduct.INPUT);
                    if (gru.linearBeforeReset()) {
                        product.emit(1, "hidden", "candidate", kernel.optional().vector().map(method::array));
                    } else {
                        loop(CellFormula.reset(gru, states, "units"), onVectors);
                        product.emit(1, "kept", "candidate", HiddenProduct.INPUT);
                    }
                    loop(CellFormula.of(gru, states, "units", method.array(kernel.input())), onVectors);
                }
            }
        }

        private void loop(CellFormula formula, boolean onVectors) {
            new CellLoop(formula, "states", "units", element()).emit(method.code(), onVectors);
        }

        /// What comes after the end of a sequence is 0, and so are the last states of a sequence without elements.
        private void end(String batch) {
            CodeBlock.Builder code = method.code();
            if (kernel.optional().lengths().isPresent()) {
                code.beginControlFlow("for (int i = length; i < steps; i++)");
                code.addStatement("final int rest = out + (i * $L + n) * units", batch);
                clear("rest", "rest + units");
                code.endControlFlow();
            }
            if (kernel.optional().lengths().isPresent() || !kernel.steps().isKnown()) {
                code.beginControlFlow("if (length == 0)");
                clear("hidden", "hidden + units");
                if (kernel.op() instanceof Lstm) {
                    clear("cell", "cell + units");
                }
                code.endControlFlow();
            } else if (kernel.steps().is(0)) {
                clear("hidden", "hidden + units");
            }
        }
    }
}
