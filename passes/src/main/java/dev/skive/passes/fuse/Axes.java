package dev.skive.passes.fuse;

import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Reshape;
import dev.skive.ir.type.Shape;
import dev.skive.passes.rule.Emitter;
import java.util.Optional;

/// Small adjustments of axes.
final class Axes {
    private Axes() {}

    /// The value, in the new graph, without leading axes of size 1 beyond the last `rank`.
    static Value dropLeading(Emitter emitter, Value old, int rank) {
        Shape shape = old.shape();
        if (shape.rank() <= rank) {
            return emitter.map(old);
        }
        Shape rest = shape.slice(shape.rank() - rank, shape.rank());
        Optional<TensorData> data = old.constant();
        return data.isPresent()
                ? emitter.constant(data.get().reshape(rest.known()))
                : emitter.add(new Reshape(rest.dims()), emitter.map(old));
    }
}
