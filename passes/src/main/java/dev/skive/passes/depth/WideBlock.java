package dev.skive.passes.depth;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.graph.Rewriter;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Add;
import dev.skive.ir.op.Attention;
import dev.skive.ir.op.Concat;
import dev.skive.ir.op.Elementwise;
import dev.skive.ir.op.Linear;
import dev.skive.ir.op.Op;
import dev.skive.ir.op.Slice;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.Shape;
import dev.skive.passes.residual.Block;
import dev.skive.passes.residual.LayerTemplate.Source;
import dev.skive.passes.weight.HeldWeight;
import dev.skive.passes.weight.Weight;
import dev.skive.passes.weight.WeightCombination;
import dev.skive.passes.weight.WeightMovement;
import dev.skive.passes.weight.WeightStacks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/// Blocks of equal templates that read the same value, as one wide block: products of what they share are put side by side,
/// products whose results are added are put one below the other. What cannot be widened is computed once per block.
final class WideBlock {
    private final List<Block> blocks;
    private final Value read;
    private final Rewriter rewriter;
    private final Origin origin;
    private final List<Lane> lanes = new ArrayList<>();

    /// @param blocks of one template
    /// @param read what they read, in the new graph
    WideBlock(List<Block> blocks, Value read, Rewriter rewriter, Origin origin) {
        this.blocks = blocks;
        this.read = read;
        this.rewriter = rewriter;
        this.origin = origin;
    }

    /// The sum of what the blocks give.
    Value increment() {
        Block first = blocks.getFirst();
        ImmutableList<Node> nodes = first.layer().nodes();
        int last = nodes.indexOf(first.increment().node());
        for (int i = 0; i <= last; i++) {
            lanes.add(apply(i, i == last));
        }
        return switch (lanes.getLast()) {
            case Lane.Sum(Value sum) -> sum;
            case Lane lane ->
                    IntStream.range(0, blocks.size())
                            .mapToObj(i -> one(lane, i))
                            .reduce((a, b) -> add(new Add(), a, b))
                            .orElseThrow(AssertionError::new);
        };
    }

    private Lane apply(int place, boolean isLast) {
        Op op = blocks.getFirst().layer().nodes().get(place).op();
        List<Lane> operands = operands(place);
        if (operands.stream().allMatch(WideBlock::isShared)) {
            return new Lane.Shared(add(op, operands.stream().map(lane -> one(lane, 0)).toArray(Value[]::new)));
        }
        return switch (op) {
            case Linear linear when operands.getFirst() instanceof Lane.Shared && isHeld(operands) ->
                    sideBySide(operands);
            case Linear linear when isLast && isHeld(operands) -> oneBelowTheOther(operands);
            case Attention attention when operands.size() < 4 || isShared(operands.get(3)) ->
                    attention(attention, operands);
            case Elementwise elementwise when isWidenable(operands) -> elementwise(elementwise, operands);
            default -> each(op, operands);
        };
    }

    private List<Lane> operands(int place) {
        ImmutableList<Source> sources = blocks.getFirst().layer().template().nodes().get(place).operands();
        List<Lane> operands = new ArrayList<>();
        for (int i = 0; i < sources.size(); i++) {
            int operand = i;
            List<Value> values =
                    blocks.stream().map(block -> block.layer().operands().get(place).get(operand)).toList();
            operands.add(
                    switch (sources.get(i)) {
                        case Source.Local(int node, int result) -> lanes.get(node);
                        case Source.Missing missing -> new Lane.Missing();
                        case Source.Slot slot ->
                                new Lane.Held(
                                        values.stream().map(HeldWeight::of).collect(ImmutableList.toImmutableList()));
                        case Source.Outside(int number) -> outside(number, values);
                    });
        }
        return operands;
    }

    private Lane outside(int number, List<Value> values) {
        if (number == 0) {
            return new Lane.Shared(read);
        }
        boolean same = values.stream().allMatch(values.getFirst()::equals);
        return same
                ? new Lane.Shared(rewriter.map(values.getFirst()))
                : new Lane.Each(values.stream().map(rewriter::map).collect(ImmutableList.toImmutableList()));
    }

    private static boolean isShared(Lane lane) {
        return lane instanceof Lane.Shared
                || lane instanceof Lane.Missing
                || (lane instanceof Lane.Held held && held.isEqual());
    }

    private static boolean isHeld(List<Lane> operands) {
        return operands.stream().skip(1).allMatch(lane -> lane instanceof Lane.Held || lane instanceof Lane.Missing);
    }

    /// A product of a shared value: the columns of all weights.
    private Lane sideBySide(List<Lane> operands) {
        long width = columns((Lane.Held) operands.get(1));
        Value[] values =
                product(operands, one(operands.getFirst(), 0), WeightMovement::concatLast, WeightMovement::concatLast);
        return new Lane.Wide(add(new Linear(), values), width);
    }

    /// A product whose results are added: the rows of all weights, the sum of all biases.
    private Lane oneBelowTheOther(List<Lane> operands) {
        Value[] values = product(operands, wide(operands.getFirst()), WeightStacks::concatFirst, WideBlock::sum);
        return new Lane.Sum(add(new Linear(), values));
    }

    private static TensorData sum(ImmutableList<TensorData> biases) {
        var factors = new double[biases.size()];
        Arrays.fill(factors, 1);
        return WeightCombination.of(biases, factors);
    }

    private Value[] product(
            List<Lane> operands,
            Value x,
            Function<ImmutableList<TensorData>, TensorData> weights,
            Function<ImmutableList<TensorData>, TensorData> biases) {
        List<Value> values = new ArrayList<>();
        values.add(x);
        values.add(rewriter.target().constant(origin, weights.apply(((Lane.Held) operands.get(1)).weights())));
        if (operands.size() > 2 && operands.get(2) instanceof Lane.Held(var held)) {
            values.add(rewriter.target().constant(origin, biases.apply(held)));
        }
        return values.toArray(Value[]::new);
    }

    private static long columns(Lane.Held weight) {
        return weight.weights().getFirst().sizes()[1];
    }

    /// Attention with the heads of all blocks.
    private Lane attention(Attention attention, List<Lane> operands) {
        int count = blocks.size();
        var wide = new Attention(attention.queryHeads() * count, attention.keyHeads() * count, attention.scale());
        List<Value> values = new ArrayList<>();
        operands.stream().limit(3).forEach(lane -> values.add(wide(lane)));
        operands.stream().skip(3).forEach(lane -> values.add(one(lane, 0)));
        Value result = add(wide, values.toArray(Value[]::new));
        return new Lane.Wide(result, result.shape().last().known() / count);
    }

    /// True for values of one width side by side, and numbers.
    private static boolean isWidenable(List<Lane> operands) {
        return operands.stream()
                        .allMatch(lane ->
                                switch (lane) {
                                    case Lane.Wide wide -> true;
                                    case Lane.Held held -> held.isEqual() && held.weights().getFirst().count() == 1;
                                    default -> false;
                                })
                && operands.stream()
                                .filter(Lane.Wide.class::isInstance)
                                .map(lane -> ((Lane.Wide) lane).width())
                                .distinct()
                                .count()
                        == 1;
    }

    private Lane elementwise(Op op, List<Lane> operands) {
        Value[] values =
                operands.stream()
                        .map(lane -> lane instanceof Lane.Wide(Value value, long width) ? value : one(lane, 0))
                        .toArray(Value[]::new);
        Value result = add(op, values);
        return new Lane.Wide(result, result.shape().last().known() / blocks.size());
    }

    private Lane each(Op op, List<Lane> operands) {
        return new Lane.Each(
                IntStream.range(0, blocks.size())
                        .mapToObj(i -> add(op, operands.stream().map(lane -> one(lane, i)).toArray(Value[]::new)))
                        .collect(ImmutableList.toImmutableList()));
    }

    /// All blocks' values side by side.
    private Value wide(Lane lane) {
        if (lane instanceof Lane.Wide(Value value, long width)) {
            return value;
        }
        Value[] parts = IntStream.range(0, blocks.size()).mapToObj(i -> one(lane, i)).toArray(Value[]::new);
        return add(new Concat(parts[0].shape().rank() - 1), parts);
    }

    /// One block's value.
    private Value one(Lane lane, int block) {
        return switch (lane) {
            case Lane.Shared(Value value) -> value;
            case Lane.Missing missing -> Value.ABSENT;
            case Lane.Each(var values) -> values.get(block);
            case Lane.Held(var weights) -> rewriter.target().constant(origin, weights.get(block));
            case Lane.Wide(Value value, long width) -> part(value, block * width, width);
            case Lane.Sum sum -> throw new AssertionError("a sum is the last of a block");
        };
    }

    private Value part(Value value, long from, long width) {
        Shape shape = value.shape();
        return add(Slice.along(shape, shape.rank() - 1, Dim.of(from), Dim.of(width)), value);
    }

    private Value add(Op op, Value... operands) {
        return rewriter.target().add(origin, op, operands);
    }

    /// True when the blocks can be one: equal templates, one result per operator, weights of whole bytes.
    static boolean isPossible(List<Block> blocks) {
        Block first = blocks.getFirst();
        return blocks.stream().allMatch(block -> block.layer().template().equals(first.layer().template()))
                && first.layer().nodes().stream().allMatch(node -> node.types().size() == 1)
                && first.layer().weights().stream()
                        .filter(Weight::is)
                        .allMatch(weight -> WeightMovement.moves(weight.tensor().element()));
    }
}
