package dev.skive.passes.rule.text;

import com.google.common.collect.ImmutableMap;
import dev.skive.ir.SkiveException;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.eval.Interpreter;
import dev.skive.ir.eval.Precision;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.graph.GraphBuilder;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Op;
import dev.skive.passes.rule.Inapplicable;
import dev.skive.passes.weight.WeightMovement;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Computes a constant from constants. Movements keep the elements outside the Java heap.
final class ConstantNodes implements Nodes {
    private static final Origin ORIGIN = Origin.of("constant");
    private static final String RESULT = "result";

    private final Precision precision;
    private final GraphBuilder builder = new GraphBuilder("constant");
    private final Set<Node> built = new HashSet<>();

    /// @param precision of real results; in double precision they are rounded once, at the end
    ConstantNodes(Precision precision) {
        this.precision = precision;
    }

    @Override
    public Value of(Value matched) {
        return constant(matched.constant().orElseThrow(() -> notConstant(matched)));
    }

    @Override
    public Value add(Op op, List<Value> operands) {
        operands.stream()
                .filter(operand -> !operand.isAbsent() && !built.contains(operand.node()))
                .findFirst()
                .ifPresent(operand -> {
                    throw notConstant(operand);
                });
        Node node = builder.addNode(ORIGIN, op, operands);
        built.add(node);
        Optional<TensorData> moved = WeightMovement.moved(node);
        return moved.isPresent() ? constant(moved.get()) : node.result();
    }

    @Override
    public Value constant(TensorData data) {
        Value value = builder.constant(ORIGIN, data);
        built.add(value.node());
        return value;
    }

    /// The elements of a value.
    TensorData compute(Value value) {
        Optional<TensorData> known = value.constant();
        if (known.isPresent()) {
            return known.get();
        }
        if (!built.contains(value.node())) {
            throw notConstant(value);
        }
        builder.output(RESULT, value);
        try {
            Map<String, Tensor> results = new Interpreter(precision).run(builder.build(), ImmutableMap.of());
            return results.values().iterator().next().toData();
        } catch (SkiveException undefined) {
            throw new Inapplicable(undefined.getMessage());
        }
    }

    private static Inapplicable notConstant(Value value) {
        return new Inapplicable("a constant is needed, found " + value);
    }
}
