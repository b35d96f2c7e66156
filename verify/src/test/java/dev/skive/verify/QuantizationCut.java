package dev.skive.verify;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Rewriter;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Quantize;
import dev.skive.verify.input.InputGenerator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// A graph cut where it quantizes at run time. What is quantized is rounded to integers, so the least difference between
/// two engines may become a step of the integers there; between the cuts nothing amplifies differences.
///
/// @param graph the whole graph
record QuantizationCut(Graph graph) {
    /// Inputs of the whole graph for a case.
    Map<String, Tensor> inputs(Case one) {
        return new InputGenerator(graph).generate(one.sizes(), one.masks(), one.seed());
    }

    /// The number of quantizations.
    int count() {
        return quantizations().size();
    }

    private ImmutableList<Node> quantizations() {
        return graph.nodes().stream()
                .filter(node -> node.op() instanceof Quantize)
                .collect(ImmutableList.toImmutableList());
    }

    /// The same graph with more outputs: of every quantization the integers, the scale and the zero point.
    Graph decisions() {
        ImmutableList<Node> quantizations = quantizations();
        return Rewriter.rewrite(
                graph,
                (node, rewriter) -> {
                    int index = quantizations.indexOf(node);
                    if (index >= 0) {
                        Value x = rewriter.map(node.operand(0));
                        Value scale = rewriter.map(node.operand(1));
                        Value zero = rewriter.map(node.operand(2));
                        Value integers = rewriter.target().add(graph.origin(node), node.op(), x, scale, zero);
                        rewriter.replace(node.result(), integers);
                        rewriter.target().output("integers" + index, integers);
                        rewriter.target().output("scale" + index, scale);
                        rewriter.target().output("zero" + index, zero);
                    }
                });
    }

    /// The graph with the integers, scales and zero points as inputs, and what would be quantized as outputs.
    Graph blocks() {
        ImmutableList<Node> quantizations = quantizations();
        Map<Value, String> given = new HashMap<>();
        for (int i = 0; i < quantizations.size(); i++) {
            given.put(quantizations.get(i).result(), "integers" + i);
            given.put(quantizations.get(i).operand(1), "scale" + i);
            given.put(quantizations.get(i).operand(2), "zero" + i);
        }
        return Rewriter.rewrite(
                graph,
                (node, rewriter) -> {
                    int index = quantizations.indexOf(node);
                    if (index >= 0) {
                        rewriter.target().output("quantized" + index, rewriter.map(node.operand(0)));
                    }
                    if (given.containsKey(node.result(0))) {
                        String name = given.get(node.result(0));
                        rewriter.replace(node.result(0), rewriter.target().input(name, node.types().getFirst()));
                    }
                });
    }

    /// Those of some tensors that [#blocks] has as inputs.
    static Map<String, Tensor> given(Map<String, Tensor> decisions) {
        return decisions.entrySet().stream()
                .filter(entry -> entry.getKey().matches("(integers|scale|zero)\\d+"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
