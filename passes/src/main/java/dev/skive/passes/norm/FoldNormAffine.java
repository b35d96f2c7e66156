package dev.skive.passes.norm;

import com.google.common.collect.ImmutableSet;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.graph.Rewriter;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Add;
import dev.skive.ir.op.LayerNorm;
import dev.skive.ir.op.Linear;
import dev.skive.ir.op.Op;
import dev.skive.ir.op.RmsNorm;
import dev.skive.ir.type.ElementType;
import dev.skive.passes.Contract;
import dev.skive.passes.Exactness;
import dev.skive.passes.Fact;
import dev.skive.passes.Pass;
import dev.skive.passes.PassContext;
import dev.skive.passes.weight.HeldWeight;
import dev.skive.passes.weight.Weight;
import dev.skive.passes.weight.WeightProducts;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Moves the scale and the shift of a norm into the products that read it.
///
/// **Transforms**: `n = layer-norm(x, scale, shift); y = linear(n, w, b)`
/// **Into**: `n = layer-norm(x, ones); y = linear(n, diag(scale) w, b + shift w)`
/// **Needs**: norms-fused, linears-fused.
/// **Contract**: reassociating: equal in exact arithmetic.
/// **Source**: ordinary algebra; Elhage et al., "A Mathematical Framework for Transformer Circuits", on folding norms.
/// **Leaves out**: norms that anything but products with constant weights reads, and norms over several axes.
public record FoldNormAffine() implements Pass {
    @Override
    public Contract contract() {
        return Exactness.REASSOCIATING;
    }

    @Override
    public ImmutableSet<Fact> requires() {
        return ImmutableSet.of(Fact.NORMS_FUSED, Fact.LINEARS_FUSED);
    }

    /// A norm whose scale and shift can be moved.
    ///
    /// @param norm the norm
    /// @param shifted the value the products read: the norm's result, or the sum of it and the shift
    /// @param scale factor of each channel
    /// @param shift summand of each channel, if there is one
    private record Affine(Node norm, Value shifted, Value scale, Optional<Value> shift) {}

    @Override
    public Graph run(Graph graph, PassContext context) {
        Map<Value, Affine> read = new HashMap<>();
        graph.nodes().forEach(node -> affine(graph, node).ifPresent(found -> read.put(found.shifted(), found)));
        if (read.isEmpty()) {
            context.say(this, "no norm with a scale or a shift is read by products with constant weights only");
            return graph;
        }
        return Rewriter.rewrite(graph, (node, rewriter) -> rewrite(node, rewriter, read, context));
    }

    private static Optional<Affine> affine(Graph graph, Node norm) {
        boolean overLast =
                switch (norm.op()) {
                    case LayerNorm(int axis, double epsilon) -> axis == norm.result().shape().rank() - 1;
                    case RmsNorm(int axis, double epsilon) -> axis == norm.result().shape().rank() - 1;
                    default -> false;
                };
        if (!overLast || !norm.operands().stream().skip(1).allMatch(Weight::is)) {
            return Optional.empty();
        }
        Optional<Value> shift = norm.operands().size() > 2 ? Optional.of(norm.operand(2)) : Optional.empty();
        Affine found =
                shift.isEmpty() ? outerShift(graph, norm) : new Affine(norm, norm.result(), norm.operand(1), shift);
        return isReadByProducts(graph, found.shifted()) && !isPlain(found) ? Optional.of(found) : Optional.empty();
    }

    /// A shift that is an addition of its own, as RMS norms have it.
    private static Affine outerShift(Graph graph, Node norm) {
        List<Node> users = graph.users(norm.result());
        if (users.size() == 1
                && users.getFirst().op() instanceof Add
                && !graph.outputs().containsValue(norm.result())
                && users.getFirst().result().type().equals(norm.result().type())) {
            Node sum = users.getFirst();
            Value other = sum.operand(0).equals(norm.result()) ? sum.operand(1) : sum.operand(0);
            if (Weight.is(other) && isPerChannel(other, norm)) {
                return new Affine(norm, sum.result(), norm.operand(1), Optional.of(other));
            }
        }
        return new Affine(norm, norm.result(), norm.operand(1), Optional.empty());
    }

    private static boolean isPerChannel(Value shift, Node norm) {
        return shift.shape().elementCount().is(1)
                || (shift.shape().elementCount().equals(norm.result().shape().last())
                        && shift.shape().last().equals(norm.result().shape().last()));
    }

    private static boolean isReadByProducts(Graph graph, Value value) {
        List<Node> users = graph.users(value);
        return !users.isEmpty()
                && !graph.outputs().containsValue(value)
                && users.stream()
                        .allMatch(user ->
                                user.op() instanceof Linear
                                        && user.operand(0).equals(value)
                                        && user.operands().stream().skip(1).allMatch(Weight::is));
    }

    private static boolean isPlain(Affine affine) {
        TensorData scale = HeldWeight.of(affine.scale());
        return affine.shift().isEmpty() && Arrays.stream(scale.doubles()).allMatch(factor -> factor == 1);
    }

    private void rewrite(Node node, Rewriter rewriter, Map<Value, Affine> read, PassContext context) {
        if (node.types().size() == 1 && read.containsKey(node.result())) {
            Affine affine = Optional.ofNullable(read.get(node.result())).orElseThrow();
            rewriter.replace(node.result(), plain(affine, rewriter));
        } else if (node.op() instanceof Linear && read.containsKey(node.operand(0))) {
            Affine affine = Optional.ofNullable(read.get(node.operand(0))).orElseThrow();
            Origin origin = rewriter.source().origin(node).touchedBy(name());
            rewriter.replace(node.result(), product(node, affine, rewriter, origin));
            context.events().fired(name(), origin);
        }
    }

    /// The norm without scale and shift.
    private Value plain(Affine affine, Rewriter rewriter) {
        Origin origin = rewriter.source().origin(affine.norm()).touchedBy(name());
        TensorData scale = HeldWeight.of(affine.scale());
        var ones = new double[Math.toIntExact(scale.count())];
        Arrays.fill(ones, 1);
        Value one = rewriter.target().constant(origin, TensorData.ofReals(scale.element(), ones, scale.sizes()));
        Op op = affine.norm().op();
        return rewriter.target().add(origin, op, rewriter.map(affine.norm().operand(0)), one);
    }

    private static Value product(Node node, Affine affine, Rewriter rewriter, Origin origin) {
        TensorData weight = HeldWeight.of(node.operand(1));
        Value scaled =
                rewriter.target().constant(origin, WeightProducts.scaleRows(HeldWeight.of(affine.scale()), weight));
        Value x = rewriter.map(node.operand(0));
        boolean biased = node.operands().size() > 2 && !node.operand(2).isAbsent();
        if (affine.shift().isEmpty()) {
            return biased
                    ? rewriter.target().add(origin, node.op(), x, scaled, rewriter.map(node.operand(2)))
                    : rewriter.target().add(origin, node.op(), x, scaled);
        }
        double[] moved = WeightProducts.timesMatrix(HeldWeight.of(affine.shift().get()), weight);
        if (biased) {
            double[] bias = HeldWeight.of(node.operand(2)).doubles();
            for (int i = 0; i < moved.length; i++) {
                moved[i] += bias[i];
            }
        }
        ElementType element = weight.element();
        Value bias = rewriter.target().constant(origin, TensorData.ofReals(element, moved, moved.length));
        return rewriter.target().add(origin, node.op(), x, scaled, bias);
    }
}
