package dev.skive.passes.fuse;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.graph.Rewriter;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Add;
import dev.skive.ir.op.Attention;
import dev.skive.ir.op.MatMul;
import dev.skive.ir.op.Op;
import dev.skive.ir.op.Reshape;
import dev.skive.ir.op.Transpose;
import dev.skive.ir.type.Shape;
import dev.skive.passes.Contract;
import dev.skive.passes.Exactness;
import dev.skive.passes.rule.CostClaim;
import dev.skive.passes.rule.Emitter;
import dev.skive.passes.rule.NodeRule;
import java.util.Optional;

/// The two products around a softmax become one node. Its operands have the heads side by side, so movements from and
/// to that layout are put around it; where the model had their opposites, both cancel out later.
record RecognizeAttention() implements NodeRule {
    private static final ImmutableList<Integer> SWAP_HEADS = ImmutableList.of(0, 2, 1, 3);
    private static final ImmutableList<Integer> KEYS_TO_ROWS = ImmutableList.of(0, 3, 1, 2);

    @Override
    public String name() {
        return "recognize-attention";
    }

    @Override
    public Contract contract() {
        return Exactness.REASSOCIATING;
    }

    @Override
    public CostClaim cost() {
        return CostClaim.GENERAL_OPERATORS;
    }

    @Override
    public String documentation() {
        return "The two products around a softmax, with scale and mask, become one node.";
    }

    @Override
    public ImmutableSet<Class<? extends Op>> operators() {
        return ImmutableSet.of(MatMul.class);
    }

    @Override
    public Optional<Rewrite> rewrite(Node node, Rewriter rewriter) {
        try {
            AttentionForm form = new AttentionFinder(rewriter.source()).of(node);
            Origin origin =
                    form.nodes().stream()
                            .map(rewriter.source()::origin)
                            .reduce(Origin::merge)
                            .orElseThrow(AssertionError::new)
                            .touchedBy(name());
            return Optional.of(new Rewrite(build(form, node, new Emitter(rewriter, origin)), origin, form.nodes()));
        } catch (AttentionFinder.NoMatch reason) {
            return Optional.empty();
        }
    }

    private static Value build(AttentionForm form, Node product, Emitter emitter) {
        int heads = form.heads();
        Value queries = sideBySide(form.queries().unscaled(emitter), SWAP_HEADS, emitter);
        Value keys = sideBySide(form.keys().unscaled(emitter), KEYS_TO_ROWS, emitter);
        Value values = sideBySide(emitter.map(form.values()), SWAP_HEADS, emitter);
        var op = new Attention(heads, heads, form.scale());
        Optional<Value> mask =
                form.masks().stream().map(part -> part.summand(emitter)).reduce((a, b) -> emitter.add(new Add(), a, b));
        Value attended =
                mask.isPresent()
                        ? emitter.add(op, queries, keys, values, mask.get())
                        : emitter.add(op, queries, keys, values);
        Shape result = product.result().shape();
        var rows = Shape.of(result.dim(0), result.dim(2), result.dim(1), result.dim(3));
        return emitter.add(new Transpose(SWAP_HEADS), emitter.add(new Reshape(rows.dims()), attended));
    }

    /// `[batch, length, heads * size]` from a value whose axes `perm` puts into the order batch, length, heads, size.
    private static Value sideBySide(Value value, ImmutableList<Integer> perm, Emitter emitter) {
        Value rows = emitter.add(new Transpose(perm), value);
        Shape shape = rows.shape();
        var flat = Shape.of(shape.dim(0), shape.dim(1), shape.dim(2).times(shape.dim(3)));
        return emitter.add(new Reshape(flat.dims()), rows);
    }
}
