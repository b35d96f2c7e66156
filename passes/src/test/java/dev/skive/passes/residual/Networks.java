package dev.skive.passes.residual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.skive.ir.data.TensorData;
import dev.skive.ir.eval.Interpreter;
import dev.skive.ir.eval.Precision;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.GraphBuilder;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Add;
import dev.skive.ir.op.Attention;
import dev.skive.ir.op.Gather;
import dev.skive.ir.op.LayerNorm;
import dev.skive.ir.op.Linear;
import dev.skive.ir.op.Mul;
import dev.skive.ir.op.Op;
import dev.skive.ir.op.Sigmoid;
import dev.skive.ir.op.Tanh;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.TensorType;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/// Random transformers in double precision, small enough to be evaluated many times.
public final class Networks {
    /// Where a network is normalized.
    public enum Norm {
        /// Before each layer, and at the end.
        PRE,
        /// After each addition.
        POST,
        /// Nowhere.
        NONE
    }

    /// Roundings that one layer can add, each magnified by at most a norm of a small variance.
    private static final double ROUNDINGS_PER_LAYER = 1 << 20;

    private static final int TOKENS = 3;
    private static final int VOCABULARY = 7;

    private final Random random;
    private final GraphBuilder builder = new GraphBuilder("network");
    private final int width;
    private final boolean biased;

    private final int silent;
    private boolean isSilent;

    /// Whether all MLPs are gated; each as it comes when empty.
    private Optional<Boolean> form = Optional.empty();

    /// The seed each layer starts from; none starts anew when empty.
    private Optional<Long> repeated = Optional.empty();

    private Networks(long seed, int silent) {
        this.silent = silent;
        random = new Random(seed);
        width = 2 * (1 + random.nextInt(4));
        biased = random.nextBoolean();
    }

    /// A network of so many layers, each of attention and an MLP; about half of them with biases, gated MLPs, a head tied
    /// to the table of tokens, and a table of positions.
    public static Graph random(long seed, Norm norm, int layers) {
        return new Networks(seed, -1).build(norm, layers);
    }

    /// Such a network, normalized before its layers, all of the same form.
    public static Graph uniform(long seed, int layers) {
        var networks = new Networks(seed, -1);
        networks.form = Optional.of(networks.random.nextBoolean());
        return networks.build(Norm.PRE, layers);
    }

    /// Such a network, normalized before its layers, all with the same weights.
    public static Graph ofEqualLayers(long seed, int layers) {
        var networks = new Networks(seed, -1);
        networks.form = Optional.of(networks.random.nextBoolean());
        networks.repeated = Optional.of(seed);
        return networks.build(Norm.PRE, layers);
    }

    /// Such a network, normalized before its layers, one of which adds nothing but zeros.
    public static Graph withSilentLayer(long seed, int layers, int silent) {
        return new Networks(seed, silent).build(Norm.PRE, layers);
    }

    /// Tokens for a network.
    public static Map<String, Tensor> tokens(long seed) {
        return Map.of(
                "tokens",
                Tensor.ofIntegers(
                        ElementType.INT64, new Random(seed).longs(TOKENS, 0, VOCABULARY).toArray(), 1, TOKENS));
    }

    /// Fails unless two networks, equal in exact arithmetic, give the same logits but for rounding.
    public static void requireClose(Graph expected, Graph found, long seed, int layers) {
        double[] wanted = logits(expected, tokens(seed));
        double[] given = logits(found, tokens(seed));
        double largest = Arrays.stream(wanted).map(Math::abs).max().orElse(0);
        double budget = Math.ulp(1.0) * ROUNDINGS_PER_LAYER * layers * largest;
        assertThat(given).hasSameSizeAs(wanted);
        for (int i = 0; i < wanted.length; i++) {
            assertThat(given[i]).isCloseTo(wanted[i], within(budget));
        }
    }

    /// The logits for some tokens.
    public static double[] logits(Graph graph, Map<String, Tensor> tokens) {
        return new Interpreter(Precision.DOUBLE).run(graph, tokens).values().iterator().next().reals();
    }

    private Graph build(Norm norm, int layers) {
        Value tokens = builder.input("tokens", new TensorType(ElementType.INT64, Shape.of(1, TOKENS)));
        TensorData table = data(VOCABULARY, width);
        Value x = add("embedding", new Gather(0), constant("table", table), tokens);
        if (random.nextBoolean()) {
            x = add("position", new Add(), x, weight("positions", TOKENS, width));
        }
        for (int layer = 0; layer < layers; layer++) {
            repeated.ifPresent(random::setSeed);
            boolean drawn = random.nextBoolean();
            boolean gated = form.orElse(drawn);
            isSilent = layer == silent;
            x = block("attention" + layer, norm, x, read -> attention(read));
            x = block("mlp" + layer, norm, x, read -> mlp(read, gated));
        }
        repeated.ifPresent(random::setSeed);
        Value last = norm == Norm.PRE ? norm("final", x) : x;
        Value head =
                random.nextBoolean()
                        ? constant(
                                "tied",
                                dev.skive.passes.weight.WeightMovement.transpose(
                                        table, com.google.common.collect.ImmutableList.of(1, 0)))
                        : weight("head", width, VOCABULARY);
        builder.output("logits", add("head", new Linear(), last, head));
        return builder.build();
    }

    private Value block(String name, Norm norm, Value x, java.util.function.UnaryOperator<Value> body) {
        Value increment = body.apply(norm == Norm.PRE ? norm(name, x) : x);
        Value sum = random.nextBoolean() ? add(name, new Add(), x, increment) : add(name, new Add(), increment, x);
        return norm == Norm.POST ? norm(name, sum) : sum;
    }

    private Value attention(Value read) {
        Value q = linear(read, width);
        Value k = linear(read, width);
        Value v = linear(read, width);
        return output(add("attention", new Attention(2, 2, 0.5), q, k, v));
    }

    private Value mlp(Value read, boolean gated) {
        Value up = linear(read, 2 * width);
        if (!gated) {
            return output(add("tanh", new Tanh(), up));
        }
        Value gate = linear(read, 2 * width);
        Value swish = add("swish", new Mul(), gate, add("sigmoid", new Sigmoid(), gate));
        return output(add("gated", new Mul(), swish, up));
    }

    private Value norm(String name, Value x) {
        return add(name + "/norm", new LayerNorm(2, 1e-5), x, weight("scale", width), weight("shift", width));
    }

    private Value output(Value x) {
        if (!isSilent) {
            return linear(x, width);
        }
        int in = (int) x.shape().last().known();
        var zeros = TensorData.ofReals(ElementType.FLOAT64, new double[in * width], in, width);
        return add("silence", new Linear(), x, constant("zeros", zeros));
    }

    private Value linear(Value x, int out) {
        int in = (int) x.shape().last().known();
        return biased
                ? add("linear", new Linear(), x, weight("weight", in, out), weight("bias", out))
                : add("linear", new Linear(), x, weight("weight", in, out));
    }

    private Value weight(String name, long... sizes) {
        return constant(name, data(sizes));
    }

    private TensorData data(long... sizes) {
        int count = 1;
        for (long size : sizes) {
            count *= (int) size;
        }
        return TensorData.ofReals(ElementType.FLOAT64, random.doubles(count, -1, 1).toArray(), sizes);
    }

    private Value constant(String name, TensorData data) {
        return builder.constant(Origin.of(name), data);
    }

    private Value add(String name, Op op, Value... operands) {
        return builder.add(Origin.of(name), op, operands);
    }
}
