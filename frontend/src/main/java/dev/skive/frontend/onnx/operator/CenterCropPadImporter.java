package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Pad;
import dev.skive.ir.op.Slice;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;

/// `CenterCropPad`: axes cut or padded with zeros on both sides to given sizes.
record CenterCropPadImporter() implements NodeImporter.Single {
    @Override
    public Value result(NodeContext node) {
        Value x = node.operand(0);
        Shape shape = x.shape();
        ImmutableList<Dim> sizes = node.sizes(1);
        List<Long> axes =
                node.attributes()
                        .integers("axes")
                        .<List<Long>>map(list -> list)
                        .orElseGet(() -> LongStream.range(0, shape.rank()).boxed().toList());
        if (sizes.size() != axes.size()) {
            throw node.failure("sizes %s for axes %s of %s", sizes, axes, shape);
        }
        var starts = new ArrayList<>(Collections.nCopies(shape.rank(), Dim.ZERO));
        var cut = new ArrayList<>(shape.dims());
        var before = new ArrayList<>(Collections.nCopies(shape.rank(), Dim.ZERO));
        var after = new ArrayList<>(Collections.nCopies(shape.rank(), Dim.ZERO));
        for (int i = 0; i < sizes.size(); i++) {
            int axis = shape.axis(axes.get(i));
            Dim dim = shape.dim(axis);
            Dim kept = dim.min(sizes.get(i));
            Dim missing = sizes.get(i).minus(kept);
            starts.set(axis, dim.minus(kept).floorDivide(2));
            cut.set(axis, kept);
            before.set(axis, missing.floorDivide(2));
            after.set(axis, missing.minus(missing.floorDivide(2)));
        }
        var steps = ImmutableList.copyOf(Collections.nCopies(shape.rank(), 1L));
        Value inside = node.add(new Slice(ImmutableList.copyOf(starts), ImmutableList.copyOf(cut), steps), x);
        var pad = new Pad(ImmutableList.copyOf(before), ImmutableList.copyOf(after), Pad.Mode.CONSTANT);
        return node.add(pad, inside, node.scalar(x, 0));
    }
}
