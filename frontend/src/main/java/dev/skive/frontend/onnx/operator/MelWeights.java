package dev.skive.frontend.onnx.operator;

import dev.skive.ir.graph.Value;
import dev.skive.ir.op.And;
import dev.skive.ir.op.Floor;
import dev.skive.ir.op.Pow;
import dev.skive.ir.op.Slice;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;

/// `MelWeightMatrix` whose operands a run tells.
///
/// @param node the ONNX node
record MelWeights(NodeContext node) {
    /// The matrix: for each band a triangle over the bins between three edges.
    Value result() {
        Dim bands = node.sizes(0).getFirst();
        Dim bins = node.sizes(1).getFirst().floorDivide(2).plus(1);
        Value edges = edges(bands);
        Term first = edge(edges, 0, bands);
        Term middle = edge(edges, 1, bands);
        Term last = edge(edges, 2, bands);
        var positions = new Positions(node);
        Term bin = new Term(node, positions.before(positions.along(bins), 1)).as(ElementType.FLOAT64);
        Term rising = middle.isEqual(first).choose(bin.number(1), bin.minus(first).over(middle.minus(first)));
        Term falling = last.minus(bin).over(last.minus(middle));
        Term isRising = both(bin.isLess(first).not(), middle.isLess(bin).not());
        Term isFalling = both(bin.isLess(middle).not(), bin.isLess(last));
        Term weights = isFalling.choose(falling, isRising.choose(rising, bin.number(0)));
        return weights.as(SignalImporters.outputType(node)).value();
    }

    private Term both(Term a, Term b) {
        return new Term(node, node.add(new And(), a.value(), b.value()));
    }

    private Term edge(Value edges, long number, Dim bands) {
        return new Term(node, node.add(Slice.along(edges.shape(), 0, Dim.of(number), bands), edges));
    }

    /// The bins of frequencies that are evenly spaced on the mel scale, one more than bands at each end.
    private Value edges(Dim bands) {
        Term low = mels(real(3));
        Term distance = mels(real(4)).minus(low);
        Term number = new Term(node, new Positions(node).along(bands.plus(2))).as(ElementType.FLOAT64);
        Term mel = low.plus(number.times(distance).over(real(0).plus(2)));
        Term power = new Term(node, node.add(new Pow(), mel.number(10).value(), mel.over(2595).value()));
        Term hertz = power.minus(1).times(700);
        return real(1).plus(1).times(hertz).over(real(2)).with(new Floor()).value();
    }

    private Term real(int index) {
        return new Term(node, new Positions(node).scalar(node.operand(index))).as(ElementType.FLOAT64);
    }

    private static Term mels(Term hertz) {
        return hertz.over(700).plus(1).log().times(2595 / Math.log(10));
    }
}
