package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Gather;
import dev.skive.ir.op.GatherElements;
import dev.skive.ir.op.MatMulInteger;
import dev.skive.ir.op.ReduceMax;
import dev.skive.ir.op.Sigmoid;
import dev.skive.ir.op.Tanh;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// ORT's `DynamicQuantizeLSTM`: an `LSTM` whose weights are quantized, `[directions, inputs, 4 units]`, and whose operand and
/// hidden state are quantized as `DynamicQuantizeLinear` does: the operand once, the state in every step.
record DynamicQuantizeLstm() implements NodeImporter {
    private static final int BIAS = 3;
    private static final int LENGTHS = 4;
    private static final int STATE = 5;
    private static final int CELL = 6;
    private static final int PEEPHOLES = 7;

    @Override
    public ImmutableList<Value> results(NodeContext node) {
        String direction = node.attributes().text("direction", "forward");
        List<Boolean> reversed =
                switch (direction) {
                    case "forward" -> List.of(false);
                    case "reverse" -> List.of(true);
                    case "bidirectional" -> List.of(false, true);
                    default -> throw node.failure("unknown direction '%s'", direction);
                };
        requireUsual(node, reversed.size());
        node.attributes().ignore("hidden_size");
        ImmutableList<Value> x = QuantizationImporters.dynamicQuantize(node, used(node));
        List<ImmutableList<Value>> results = new ArrayList<>();
        for (int i = 0; i < reversed.size(); i++) {
            results.add(new Direction(node, i, reversed.get(i)).results(x));
        }
        var layout = new Layout(node);
        return ImmutableList.of(
                joined(layout, results, 0, 1), joined(layout, results, 1, 0), joined(layout, results, 2, 0));
    }

    /// The operand with zeros behind the end of the longest sequence, so that its scale does not depend on them.
    private static Value used(NodeContext node) {
        Term x = Term.operand(node, 0);
        if (!node.has(LENGTHS)) {
            return x.value();
        }
        var positions = new Positions(node);
        Term longest =
                Term.operand(node, LENGTHS).as(ElementType.INT64).with(new ReduceMax(ImmutableList.of(0), false));
        Term isUsed = new Term(node, positions.before(positions.along(node.shape(0).dim(0)), 2)).isLess(longest);
        return isUsed.choose(x, x.number(0)).value();
    }

    /// The directions side by side along a new axis.
    private static Value joined(Layout layout, List<ImmutableList<Value>> results, int index, int axis) {
        return layout.concat(
                axis,
                results.stream()
                        .map(all -> {
                            var dims = new ArrayList<>(all.get(index).shape().dims());
                            dims.add(axis, Dim.ONE);
                            return layout.reshape(all.get(index), Shape.of(dims));
                        })
                        .toArray(Value[]::new));
    }

    private static void requireUsual(NodeContext node, int directions) {
        List<String> usual = List.of("sigmoid", "tanh", "tanh");
        List<String> given =
                node.attributes()
                        .texts("activations")
                        .<List<String>>map(
                                list -> list.stream().map(com.google.common.base.Ascii::toLowerCase).toList())
                        .orElse(List.of());
        for (int i = 0; i < given.size(); i++) {
            if (!given.get(i).equals(usual.get(i % usual.size()))) {
                throw node.failure("DynamicQuantizeLSTM with activations %s is not supported", given);
            }
        }
        node.attributes().ignore("activation_alpha");
        node.attributes().ignore("activation_beta");
        if (node.shape(2).rank() != 3 || node.shape(2).dim(0).differsFrom(Dim.of(directions))) {
            throw node.failure("operand 2 must be for %s directions, found %s", directions, node.operand(2).type());
        }
    }

    /// One direction.
    ///
    /// @param node the ONNX node
    /// @param index which direction
    /// @param isReversed whether the last element of a sequence comes first
    private record Direction(NodeContext node, int index, boolean isReversed) {
        private Layout layout() {
            return new Layout(node);
        }

        private Dim units() {
            return node.shape(2).dim(1);
        }

        /// The part of an operand that is for this direction.
        private Value part(int operand) {
            return node.add(new Gather(0), node.operand(operand), new Positions(node).number(index));
        }

        private Value stateOr0(int operand) {
            Shape shape = Shape.of(node.shape(0).dim(1), units());
            return node.has(operand) ? part(operand) : layout().expand(node.scalar(node.operand(0), 0), shape);
        }

        /// All steps' results, the last state and the last cell.
        ImmutableList<Value> results(ImmutableList<Value> x) {
            Value products = product(node, x, weights(1, 8)).value();
            Value inputs = isReversed ? reversed(bias(products)) : bias(products);
            var steps = new Steps(node);
            var inner = steps.node();
            Value h = steps.state(stateOr0(STATE));
            Value c = steps.state(stateOr0(CELL));
            Weights recurrent = weights(2, 10).inside(steps);
            Term now = new Term(inner, inner.add(new Gather(0), steps.value(inputs), steps.index()));
            Optional<Term> lengths = lengths(steps);
            Value last = lengths.map(ends -> shown(steps, h, ends)).orElse(h);
            Term sums = now.plus(product(inner, QuantizationImporters.dynamicQuantize(inner, last), recurrent));
            Optional<Value> peepholes =
                    node.has(PEEPHOLES) ? Optional.of(steps.value(part(PEEPHOLES))) : Optional.empty();
            var cell = new Cell(inner, sums.value(), c, peepholes, units());
            Term nextCell = cell.next(node.attributes());
            Term next = cell.output(nextCell, node.attributes());
            Term shown = next;
            if (lengths.isPresent()) {
                Term isThere = new Term(inner, steps.index()).isLess(lengths.get());
                shown = isThere.choose(next, next.number(0));
                next = isThere.choose(next, new Term(inner, h));
                nextCell = isThere.choose(nextCell, new Term(inner, c));
            }
            Value count = new Positions(node).scalar(layout().sizeOf(node.operand(0), 0));
            var all =
                    steps.results(
                            count,
                            node.shape(0).dim(0),
                            List.of(next.value(), nextCell.value()),
                            List.of(shown.value()));
            return ImmutableList.of(isReversed ? reversed(all.get(2)) : all.get(2), all.get(0), all.get(1));
        }

        private Optional<Term> lengths(Steps steps) {
            return node.optional(LENGTHS)
                    .map(all -> steps.value(layout().reshape(all, node.shape(0).dim(1), Dim.ONE)))
                    .map(all -> new Term(steps.node(), all).as(ElementType.INT64));
        }

        /// The last results: 0 where the sequence had ended before. The scale of the state depends on them.
        private static Value shown(Steps steps, Value state, Term lengths) {
            Term before = new Term(steps.node(), steps.index()).minus(1);
            Term h = new Term(steps.node(), state);
            return before.isLess(lengths).choose(h, h.number(0)).value();
        }

        private Weights weights(int operand, int scale) {
            return new Weights(part(operand), part(scale), part(scale + 1));
        }

        /// The sum of both halves of the bias added to what comes of the operand.
        private Value bias(Value products) {
            if (!node.has(BIAS)) {
                return products;
            }
            Value all = part(BIAS);
            Dim width = units().times(4);
            Term both =
                    new Term(node, layout().slice(all, 0, Dim.ZERO, width))
                            .plus(new Term(node, layout().slice(all, 0, width, width)));
            return new Term(node, products).plus(both).value();
        }

        /// Each sequence backwards; what lies behind its end stays.
        private Value reversed(Value x) {
            var positions = new Positions(node);
            Shape shape = x.shape();
            Term along = new Term(node, positions.before(positions.along(shape.dim(0)), 1));
            Value length = layout().sizeOf(node.operand(0), 0);
            Term lengths = new Term(node, node.optional(LENGTHS).orElse(length)).as(ElementType.INT64);
            Term places = along.isLess(lengths).choose(lengths.minus(1).minus(along), along);
            Value column = layout().reshape(places.value(), places.value().shape().concat(Shape.of(Dim.ONE)));
            return node.add(new GatherElements(0), x, layout().expand(column, shape));
        }
    }

    /// A quantized matrix.
    ///
    /// @param matrix the integers
    /// @param scale one for all or one per column
    /// @param zero the same
    private record Weights(Value matrix, Value scale, Value zero) {
        Weights inside(Steps steps) {
            return new Weights(steps.value(matrix), steps.value(scale), steps.value(zero));
        }
    }

    /// The product of quantized rows, given with scale and zero point, and a quantized matrix.
    private static Term product(NodeContext node, ImmutableList<Value> rows, Weights weights) {
        Value sum = node.add(new MatMulInteger(), rows.get(0), weights.matrix, rows.get(2), weights.zero);
        Term scale = new Term(node, rows.get(1)).times(new Term(node, weights.scale));
        return new Term(node, sum).as(ElementType.FLOAT32).times(scale);
    }

    /// What a step computes: gates lie in the order input, output, forget, candidate.
    ///
    /// @param node inside of the loop
    /// @param sums of the gates before activation, `[batch, 4 units]`
    /// @param before the cell before the step
    /// @param peepholes factors of the cell for input, output and forget gate
    /// @param units number of units
    private record Cell(NodeContext node, Value sums, Value before, Optional<Value> peepholes, Dim units) {
        private Term gate(int index) {
            return new Term(node, new Layout(node).slice(sums, 1, units.times(index), units));
        }

        private Term seen(Term gate, int index, Term cell) {
            return peepholes
                    .map(all -> new Term(node, new Layout(node).slice(all, 0, units.times(index), units)))
                    .map(factor -> gate.plus(factor.times(cell)))
                    .orElse(gate);
        }

        private static Term clipped(Term x, Attributes attributes) {
            return attributes.real("clip").map(most -> x.max(-most).min(most)).orElse(x);
        }

        Term next(Attributes attributes) {
            Term cell = new Term(node, before);
            Term input = clipped(seen(gate(0), 0, cell), attributes).with(new Sigmoid());
            boolean isJoined = attributes.flag("input_forget", false);
            Term forget =
                    isJoined
                            ? input.times(-1).plus(1)
                            : clipped(seen(gate(2), 2, cell), attributes).with(new Sigmoid());
            Term candidate = clipped(gate(3), attributes).with(new Tanh());
            return forget.times(cell).plus(input.times(candidate));
        }

        Term output(Term cell, Attributes attributes) {
            return clipped(seen(gate(1), 1, cell), attributes).with(new Sigmoid()).times(cell.with(new Tanh()));
        }
    }
}
