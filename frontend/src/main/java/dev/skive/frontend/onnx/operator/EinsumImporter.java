package dev.skive.frontend.onnx.operator;

import dev.skive.ir.graph.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// `Einsum`: operands are multiplied from left to right, two at a time. Labels that nothing needs any more are summed
/// away as early as possible, those that two operands share by a product of matrices.
record EinsumImporter() implements NodeImporter.Single {
    @Override
    public Value result(NodeContext node) {
        var equation = EinsumEquation.parse(node, node.attributes().text("equation", ""));
        List<LabeledTerm> terms = new ArrayList<>();
        for (int i = 0; i < equation.operands().size(); i++) {
            terms.add(new LabeledTerm(node, node.operand(i), equation.operands().get(i)).withoutRepeats());
        }
        for (int i = 0; i < terms.size(); i++) {
            terms.set(i, terms.get(i).drop(repeated(terms, i)));
        }
        LabeledTerm product = terms.getFirst();
        for (int i = 1; i <= terms.size(); i++) {
            Set<Integer> needed = new HashSet<>(equation.result());
            terms.stream().skip(i).forEach(term -> needed.addAll(term.labels()));
            product = product.keep(needed);
            if (i < terms.size()) {
                Set<Integer> after = new HashSet<>(equation.result());
                terms.stream().skip(i + 1L).forEach(term -> after.addAll(term.labels()));
                Set<Integer> shared = new HashSet<>(after);
                shared.addAll(product.labels());
                product = product.times(terms.get(i).keep(shared), after);
            }
        }
        return product.ordered(equation.result()).value();
    }

    /// Labels whose axis of size 1 stands for one that another term has in full, or has too.
    private static Set<Integer> repeated(List<LabeledTerm> terms, int index) {
        Set<Integer> repeated = new HashSet<>();
        LabeledTerm term = terms.get(index);
        for (int axis = 0; axis < term.labels().size(); axis++) {
            int label = term.labels().get(axis);
            for (int i = 0; i < terms.size(); i++) {
                boolean other = i != index && terms.get(i).labels().contains(label);
                if (other && term.dim(label).is(1)) {
                    repeated.add(label);
                }
            }
        }
        return repeated;
    }
}
