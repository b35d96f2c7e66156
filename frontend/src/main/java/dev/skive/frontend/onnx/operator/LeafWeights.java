package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Gather;
import dev.skive.ir.op.Op;
import dev.skive.ir.op.ReduceMax;
import dev.skive.ir.op.ReduceMin;
import dev.skive.ir.op.ReduceSum;
import dev.skive.ir.type.ElementType;
import java.util.Arrays;
import java.util.List;

/// What the leaves of trees contribute to which targets.
///
/// @param forest the trees
/// @param targets the number of targets
/// @param byLeaf for each leaf, its contributions
record LeafWeights(Forest forest, int targets, ImmutableList<ImmutableList<Weight>> byLeaf) {
    private static final ImmutableList<Integer> TREES = ImmutableList.of(1);

    /// A contribution.
    ///
    /// @param target to what
    /// @param weight how much
    record Weight(int target, double weight) {}

    /// How contributions are put together.
    enum Aggregate {
        AVERAGE,
        SUM,
        MIN,
        MAX
    }

    /// For the leaves `[n, trees]` that rows get to, the results `[n, targets]`, 0 for targets without contribution.
    Term aggregate(Term reached, ElementType element, Aggregate aggregate) {
        return switch (aggregate) {
            case SUM -> sum(reached, element);
            case AVERAGE -> sum(reached, element).over(forest.trees());
            case MIN -> extreme(reached, element, Double.POSITIVE_INFINITY, new ReduceMin(TREES, false));
            case MAX -> extreme(reached, element, Double.NEGATIVE_INFINITY, new ReduceMax(TREES, false));
        };
    }

    private Term sum(Term reached, ElementType element) {
        if (targets == 1) {
            return look(reached, single(element)).with(new ReduceSum(TREES, true));
        }
        int[] byTree = targetsOfTrees();
        if (byTree.length == 0) {
            return look(reached, table(element, 0)).with(new ReduceSum(TREES, false));
        }
        var chosen = new double[byTree.length * targets];
        for (int tree = 0; tree < byTree.length; tree++) {
            chosen[tree * targets + byTree[tree]] = 1;
        }
        NodeContext node = reached.node();
        Value matrix = node.constant(TensorData.ofReals(element, chosen, byTree.length, targets));
        return new Term(node, new Layout(node).product(look(reached, single(element)).value(), matrix));
    }

    /// For each tree the one target of all its leaves; empty when there is a tree with several.
    private int[] targetsOfTrees() {
        var all = new int[forest.trees()];
        List<ImmutableList<Integer>> leaves = forest.leavesByTree();
        for (int tree = 0; tree < all.length; tree++) {
            int[] found =
                    leaves.get(tree).stream()
                            .flatMap(leaf -> byLeaf.get(leaf).stream())
                            .mapToInt(Weight::target)
                            .distinct()
                            .toArray();
            if (found.length > 1) {
                return new int[0];
            }
            all[tree] = found.length == 0 ? 0 : found[0];
        }
        return all;
    }

    private Term extreme(Term reached, ElementType element, double absent, Op reduce) {
        Term result = look(reached, table(element, absent)).with(reduce);
        Term contributes = contributes(reached);
        return contributes.choose(result, result.number(0));
    }

    /// Whether a target has any contribution: `[n, targets]`, or fewer rows when it does not depend on the leaves.
    Term contributes(Term reached) {
        NodeContext node = reached.node();
        boolean[] always = always();
        var known = new long[targets];
        boolean isKnown = true;
        for (int target = 0; target < targets; target++) {
            int wanted = target;
            boolean never = byLeaf.stream().flatMap(List::stream).noneMatch(weight -> weight.target == wanted);
            known[target] = always[target] ? 1 : 0;
            isKnown &= always[target] || never;
        }
        if (isKnown) {
            return new Term(node, node.constant(TensorData.ofIntegers(ElementType.BOOL, known, 1, targets)));
        }
        var table = new long[byLeaf.size() * targets];
        for (int leaf = 0; leaf < byLeaf.size(); leaf++) {
            for (Weight weight : byLeaf.get(leaf)) {
                table[leaf * targets + weight.target] = 1;
            }
        }
        TensorData data = TensorData.ofIntegers(ElementType.UINT8, table, byLeaf.size(), targets);
        return look(reached, data).with(new ReduceMax(TREES, false)).as(ElementType.BOOL);
    }

    /// For each target whether there is a tree with a contribution from each leaf.
    private boolean[] always() {
        var always = new boolean[targets];
        for (ImmutableList<Integer> leaves : forest.leavesByTree()) {
            for (int target = 0; target < targets; target++) {
                int wanted = target;
                always[target] |=
                        leaves.stream()
                                .allMatch(
                                        leaf -> byLeaf.get(leaf).stream().anyMatch(weight -> weight.target == wanted));
            }
        }
        return always;
    }

    private Term look(Term reached, TensorData table) {
        NodeContext node = reached.node();
        return new Term(node, node.add(new Gather(0), node.constant(table), reached.value()));
    }

    private TensorData single(ElementType element) {
        double[] sums = byLeaf.stream().mapToDouble(list -> list.stream().mapToDouble(Weight::weight).sum()).toArray();
        return TensorData.ofReals(element, sums, sums.length);
    }

    /// All contributions; several of a leaf to one target are added up.
    private TensorData table(ElementType element, double absent) {
        var table = new double[byLeaf.size() * targets];
        Arrays.fill(table, absent);
        for (int leaf = 0; leaf < byLeaf.size(); leaf++) {
            for (Weight weight : byLeaf.get(leaf)) {
                int at = leaf * targets + weight.target;
                table[at] = table[at] == absent ? weight.weight : table[at] + weight.weight;
            }
        }
        return TensorData.ofReals(element, table, byLeaf.size(), targets);
    }
}
