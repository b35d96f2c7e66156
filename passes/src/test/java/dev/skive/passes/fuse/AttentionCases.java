package dev.skive.passes.fuse;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Add;
import dev.skive.ir.op.Concat;
import dev.skive.ir.op.Div;
import dev.skive.ir.op.MatMul;
import dev.skive.ir.op.Mul;
import dev.skive.ir.op.Not;
import dev.skive.ir.op.Reshape;
import dev.skive.ir.op.Softmax;
import dev.skive.ir.op.Transpose;
import dev.skive.ir.op.Where;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import dev.skive.passes.rule.RuleCase;
import dev.skive.passes.rule.Sample;
import java.util.List;

/// Examples of the rule that recognizes attention.
public final class AttentionCases {
    private static final int BATCH = 2;
    private static final int HEADS = 2;
    private static final int QUERIES = 3;
    private static final int KEYS = 4;
    private static final int SIZE = 2;

    private AttentionCases() {}

    /// The rule with its examples.
    public static RuleCase recognized() {
        return new RuleCase(
                new RecognizeAttention(),
                s -> attention(s, new Softmax(3)),
                s -> s.coin() ? attention(s, new Softmax(2)) : sharedWeights(s));
    }

    /// Attention with its factor, its mask and its movements where the sample wants them.
    private static Graph attention(Sample s, Softmax softmax) {
        int place = s.between(0, 3);
        Value q = heads(s, s.input(BATCH, QUERIES, HEADS * SIZE), QUERIES, place == 1, List.of(0, 2, 1, 3));
        Value k = heads(s, s.input(BATCH, KEYS, HEADS * SIZE), KEYS, place == 2, List.of(0, 2, 3, 1));
        Value v = heads(s, s.input(BATCH, KEYS, HEADS * SIZE), KEYS, false, List.of(0, 2, 1, 3));
        Value scores = s.add(new MatMul(), q, k);
        if (place == 3) {
            scores = s.add(new Div(), scores, s.number(Math.sqrt(SIZE)));
        }
        int masks = s.between(0, 2);
        for (int i = 0; i < masks; i++) {
            scores = s.coin() ? s.addEither(new Add(), scores, mask(s)) : chosen(s, scores);
        }
        Value attended = s.add(new MatMul(), s.add(softmax, scores), v);
        Value rows = s.add(new Transpose(ImmutableList.of(0, 2, 1, 3)), attended);
        return s.graph(s.add(new Reshape(Shape.of(BATCH, QUERIES, HEADS * SIZE).dims()), rows));
    }

    private static Value mask(Sample s) {
        return switch (s.between(0, 2)) {
            case 0 -> s.input(BATCH, 1, 1, KEYS);
            case 1 -> s.input(QUERIES, KEYS);
            default -> s.input(BATCH, HEADS, QUERIES, KEYS);
        };
    }

    /// The first key always counts, since a row of nothing but `-inf` has no softmax.
    private static Value chosen(Sample s, Value scores) {
        Value floor = s.number(s.coin() ? Double.NEGATIVE_INFINITY : -3e38);
        Value keeps =
                s.add(new Concat(0), s.number(ElementType.BOOL, 1, 1), s.input(ElementType.BOOL, Shape.of(KEYS - 1)));
        return s.coin()
                ? s.add(new Where(), keeps, scores, floor)
                : s.add(new Where(), s.add(new Not(), keeps), floor, scores);
    }

    private static Value heads(Sample s, Value x, int length, boolean scaled, List<Integer> perm) {
        boolean early = s.coin();
        Value base = scaled && early ? s.addEither(new Mul(), x, s.number(0.5)) : x;
        Value split = s.add(new Reshape(Shape.of(BATCH, length, HEADS, SIZE).dims()), base);
        Value moved = s.add(new Transpose(ImmutableList.copyOf(perm)), split);
        return scaled && !early ? s.addEither(new Mul(), moved, s.number(0.5)) : moved;
    }

    private static Graph sharedWeights(Sample s) {
        Value scores = s.input(BATCH, HEADS, QUERIES, SIZE);
        Value weights = s.add(new Softmax(3), s.add(new MatMul(), scores, s.input(BATCH, HEADS, SIZE, KEYS)));
        return s.graph(s.add(new MatMul(), weights, s.input(BATCH, HEADS, KEYS, SIZE)), weights);
    }
}
