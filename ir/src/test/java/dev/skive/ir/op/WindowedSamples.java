package dev.skive.ir.op;

import static dev.skive.ir.op.OpRun.floats;
import static dev.skive.ir.op.OpRun.longs;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.op.OpSamples.Sample;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.TensorType;
import java.util.stream.Stream;

/// Applications of the operators with windows.
final class WindowedSamples {
    private static final TensorType IMAGE = floats(-2, 4, -3, 6);
    private static final Window PLAIN = Window.simple(2);
    private static final Window WIDE =
            new Window(
                    ImmutableList.of(2L, 1L),
                    ImmutableList.of(1L, 2L),
                    ImmutableList.of(Dim.ONE, Dim.symbol("s2")),
                    ImmutableList.of(Dim.of(2), Dim.ZERO));

    private WindowedSamples() {}

    static Stream<Sample> all() {
        var pooling = new Pooling(ImmutableList.of(2L, 3L), WIDE, true);
        var small = new Pooling(ImmutableList.of(2L, 2L), Window.strided(ImmutableList.of(2L, 2L)), false);
        return Stream.of(
                Sample.of(new Conv(PLAIN, 1), IMAGE, floats(5, 4, 2, 3)),
                Sample.of(new Conv(WIDE, 2), IMAGE, floats(6, 2, 3, 3), floats(6)),
                Sample.of(new Conv(Window.simple(1), 4), floats(-2, 4, -3), floats(4, 1, 2)),
                Sample.of(new Conv(Window.simple(3), 1), floats(1, 2, -3, 3, 4), floats(3, 2, 2, 1, 3)),
                Sample.of(new ConvTranspose(PLAIN, 1), IMAGE, floats(4, 5, 2, 3)),
                Sample.of(new ConvTranspose(WIDE, 2), IMAGE, floats(4, 3, 3, 3), floats(6)),
                Sample.of(new AveragePool(pooling, true), IMAGE),
                Sample.of(new AveragePool(small, false), IMAGE),
                Sample.of(new LpPool(pooling, 3), IMAGE),
                Sample.of(new MaxPool(pooling), IMAGE),
                Sample.of(new MaxPool(small), longs(-2, 3, -3, 4)),
                Sample.of(new MaxPoolIndex(pooling, true), IMAGE),
                Sample.of(new MaxPoolIndex(small, false), longs(-2, 3, -3, 4)));
    }
}
