package dev.skive.frontend.onnx.operator;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;

/// The equation of an `Einsum`, one label per axis. An ellipsis stands for labels of its own, aligned at the end, which
/// no letter is.
///
/// @param operands the labels of each operand
/// @param result the labels of the result
record EinsumEquation(ImmutableList<ImmutableList<Integer>> operands, ImmutableList<Integer> result) {
    private static final String ELLIPSIS = "...";

    /// The label of the last axis of an ellipsis; those before it have larger ones.
    private static final int BEYOND_LETTERS = 1 << 16;

    static EinsumEquation parse(NodeContext node, String text) {
        String equation = text.replace(" ", "");
        int arrow = equation.indexOf("->");
        String left = arrow < 0 ? equation : equation.substring(0, arrow);
        List<String> terms = Splitter.on(',').splitToList(left);
        if (terms.size() != node.operands().size()) {
            throw node.failure(
                    "equation '%s' has %s terms for %s operands", text, terms.size(), node.operands().size());
        }
        var operands = ImmutableList.<ImmutableList<Integer>>builder();
        int widest = 0;
        for (int i = 0; i < terms.size(); i++) {
            int letters = terms.get(i).replace(ELLIPSIS, "").length();
            int hidden = node.shape(i).rank() - letters;
            boolean open = terms.get(i).contains(ELLIPSIS);
            if (open ? hidden < 0 : hidden != 0) {
                throw node.failure("term '%s' of equation '%s' does not fit %s", terms.get(i), text, node.shape(i));
            }
            widest = Math.max(widest, hidden);
            operands.add(labels(node, terms.get(i), hidden));
        }
        ImmutableList<ImmutableList<Integer>> parsed = operands.build();
        ImmutableList<Integer> result =
                arrow < 0 ? implied(parsed, widest) : labels(node, equation.substring(arrow + 2), widest);
        if (result.stream().distinct().count() != result.size()
                || !result.stream().allMatch(label -> parsed.stream().anyMatch(term -> term.contains(label)))) {
            throw node.failure("the result of equation '%s' repeats a label or has one that no operand has", text);
        }
        return new EinsumEquation(parsed, result);
    }

    private static ImmutableList<Integer> labels(NodeContext node, String term, int hidden) {
        var labels = ImmutableList.<Integer>builder();
        for (int i = 0; i < term.length(); i++) {
            if (term.startsWith(ELLIPSIS, i) && term.indexOf(ELLIPSIS) == i) {
                labels.addAll(ellipsis(hidden));
                i += ELLIPSIS.length() - 1;
            } else if (Character.isLetter(term.charAt(i))) {
                labels.add((int) term.charAt(i));
            } else {
                throw node.failure("'%s' in a term of the equation is not a letter", term.charAt(i));
            }
        }
        return labels.build();
    }

    private static List<Integer> ellipsis(int count) {
        var labels = new ArrayList<Integer>();
        for (int i = count - 1; i >= 0; i--) {
            labels.add(BEYOND_LETTERS + i);
        }
        return labels;
    }

    /// Without an arrow: the ellipsis, then every letter that stands once, by alphabet.
    private static ImmutableList<Integer> implied(ImmutableList<ImmutableList<Integer>> operands, int widest) {
        List<Integer> all = operands.stream().flatMap(List::stream).toList();
        var result = ImmutableList.<Integer>builder().addAll(ellipsis(widest));
        all.stream()
                .filter(label -> label < BEYOND_LETTERS)
                .filter(label -> all.indexOf(label) == all.lastIndexOf(label))
                .sorted()
                .forEach(result::add);
        return result.build();
    }
}
