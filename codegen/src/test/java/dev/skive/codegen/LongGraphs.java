package dev.skive.codegen;

import com.google.common.collect.ImmutableList;
import dev.skive.codegen.differential.RandomCase;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Linear;
import dev.skive.ir.op.ReduceMax;
import dev.skive.ir.op.Softmax;
import dev.skive.ir.op.Sub;
import dev.skive.ir.op.Transpose;
import dev.skive.ir.type.Dim;

/// Graphs of many kernels that are all different.
final class LongGraphs {
    private LongGraphs() {}

    static Graph graph(long seed, int kernels) {
        var random = new RandomCase(seed);
        Value x = random.floats(Dim.symbol("n"), Dim.of(3));
        for (int i = 0; i < kernels; i++) {
            long width = x.shape().last().known();
            x =
                    switch (random.from(0, 3)) {
                        case 0 -> random.apply(new Softmax(random.from(0, 1)), x);
                        case 1 -> random.apply(new Linear(), x, random.constant(width, random.from(1, 60)));
                        case 2 -> random.apply(new Sub(), x, random.apply(new ReduceMax(ImmutableList.of(1), true), x));
                        default -> {
                            Value turned = random.apply(new Transpose(ImmutableList.of(1, 0)), x);
                            yield random.apply(
                                    new Transpose(ImmutableList.of(1, 0)), random.apply(new Softmax(1), turned));
                        }
                    };
        }
        random.output(x);
        return random.graph();
    }
}
