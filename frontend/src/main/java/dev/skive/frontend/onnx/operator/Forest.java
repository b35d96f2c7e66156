package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Expand;
import dev.skive.ir.op.Gather;
import dev.skive.ir.op.GatherElements;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/// Decision trees as tables over numbered nodes, leaves first. All trees go down one level at a time together: the feature
/// of a node is less than its threshold, equal, greater, or not comparable, and for each of these the table has the next
/// node; leaves are followed by themselves.
final class Forest {
    private static final int OUTCOMES = 4;

    private final NodeContext node;
    private final List<Branch> branches;
    private final int leaves;
    private final int[] roots;

    /// One way out of a tree's inner node.
    ///
    /// @param feature which feature is compared
    /// @param threshold with what
    /// @param next the nodes that follow when it is less, equal, greater, not comparable
    @SuppressWarnings("ArrayRecordComponent")
    record Branch(int feature, double threshold, int... next) {
        /// A comparison by its name.
        static Branch of(NodeContext node, String mode, int feature, double threshold, Ways ways) {
            boolean less = List.of("BRANCH_LEQ", "BRANCH_LT", "BRANCH_NEQ").contains(mode);
            boolean equal = List.of("BRANCH_LEQ", "BRANCH_GTE", "BRANCH_EQ").contains(mode);
            boolean greater = List.of("BRANCH_GTE", "BRANCH_GT", "BRANCH_NEQ").contains(mode);
            if (!less && !equal && !greater) {
                throw node.failure("node mode '%s' is not known", mode);
            }
            boolean unordered = mode.equals("BRANCH_NEQ");
            int missing = ways.next(unordered || ways.missingIsTrue);
            if (Double.isNaN(threshold)) {
                // Nothing is comparable with it, but only a missing feature takes the way of those.
                int always = ways.next(unordered);
                return new Branch(feature, 0, always, always, always, missing);
            }
            return new Branch(feature, threshold, ways.next(less), ways.next(equal), ways.next(greater), missing);
        }
    }

    /// The nodes below another.
    ///
    /// @param yes where the comparison holds
    /// @param no where it does not
    /// @param missingIsTrue whether NaN goes where it holds
    record Ways(int yes, int no, boolean missingIsTrue) {
        private int next(boolean holds) {
            return holds ? yes : no;
        }
    }

    /// The trees with these roots.
    ///
    /// @param leaves the number of leaves, which are the first nodes
    /// @param branches the other nodes
    Forest(NodeContext node, int leaves, List<Branch> branches, int... roots) {
        this.node = node;
        this.branches = branches;
        this.leaves = leaves;
        this.roots = roots;
        if (roots.length == 0) {
            throw node.failure("there are no trees");
        }
    }

    /// The number of trees.
    int trees() {
        return roots.length;
    }

    /// The leaves that each row of `[n, features]` gets to: `[n, trees]`.
    Value reached(Value x) {
        int depth = depth();
        Shape all = Shape.of(x.shape().dim(0), Dim.of(roots.length));
        Value start = node.constant(TensorData.ofLongs(Arrays.stream(roots).asLongStream().toArray(), roots.length));
        if (depth == 0) {
            return node.add(new Expand(all.dims()), start);
        }
        Tables tables = tables(x.tensor().element());
        Value feature = node.add(new Gather(0), tables.features, start);
        Value at = next(tables, start, node.add(new Gather(1), x, feature));
        for (int level = 1; level < depth; level++) {
            Value wanted = node.add(new Gather(0), tables.features, at);
            at = next(tables, at, node.add(new GatherElements(1), x, wanted));
        }
        return at;
    }

    private record Tables(Value features, Value thresholds, Value next) {}

    private Value next(Tables tables, Value at, Value found) {
        Term x = new Term(node, found);
        Term threshold = new Term(node, node.add(new Gather(0), tables.thresholds, at));
        Term place = new Term(node, at).times(OUTCOMES);
        Term otherwise = threshold.isLess(x).choose(place.plus(2), place.plus(3));
        Term notLess = x.isEqual(threshold).choose(place.plus(1), otherwise);
        return node.add(new Gather(0), tables.next, x.isLess(threshold).choose(place, notLess).value());
    }

    private Tables tables(ElementType element) {
        int count = leaves + branches.size();
        var features = new long[count];
        var thresholds = new double[count];
        var next = new long[count * OUTCOMES];
        for (int i = 0; i < count * OUTCOMES; i++) {
            next[i] = i / OUTCOMES;
        }
        for (int i = 0; i < branches.size(); i++) {
            Branch branch = branches.get(i);
            features[leaves + i] = branch.feature;
            thresholds[leaves + i] = branch.threshold;
            for (int way = 0; way < OUTCOMES; way++) {
                next[(leaves + i) * OUTCOMES + way] = branch.next[way];
            }
        }
        return new Tables(
                node.constant(TensorData.ofLongs(features, count)),
                node.constant(TensorData.ofReals(element, thresholds, count)),
                node.constant(TensorData.ofLongs(next, next.length)));
    }

    /// The leaves below each root.
    ImmutableList<ImmutableList<Integer>> leavesByTree() {
        var all = ImmutableList.<ImmutableList<Integer>>builder();
        for (int root : roots) {
            var found = ImmutableList.<Integer>builder();
            var seen = new java.util.BitSet();
            Deque<Integer> open = new ArrayDeque<>(List.of(root));
            while (!open.isEmpty()) {
                int at = open.pop();
                if (!seen.get(at)) {
                    seen.set(at);
                    if (at < leaves) {
                        found.add(at);
                    } else {
                        below(at).forEach(open::push);
                    }
                }
            }
            all.add(found.build());
        }
        return all.build();
    }

    private List<Integer> below(int at) {
        return Arrays.stream(branches.get(at - leaves).next).distinct().boxed().toList();
    }

    /// The greatest number of branches from a root to a leaf.
    private int depth() {
        var heights = new int[leaves + branches.size()];
        var isOpen = new boolean[heights.length];
        var isDone = new boolean[heights.length];
        int depth = 0;
        for (int root : roots) {
            var path = new ArrayList<Integer>(List.of(root));
            while (!path.isEmpty()) {
                int at = path.removeLast();
                if (isDone[at]) {
                    continue;
                }
                if (at < leaves) {
                    isDone[at] = true;
                } else if (isOpen[at]) {
                    below(at).forEach(other -> heights[at] = Math.max(heights[at], heights[other] + 1));
                    isDone[at] = true;
                } else {
                    isOpen[at] = true;
                    path.add(at);
                    open(below(at), isOpen, isDone, path);
                }
            }
            depth = Math.max(depth, heights[root]);
        }
        return depth;
    }

    private void open(List<Integer> below, boolean[] isOpen, boolean[] isDone, List<Integer> path) {
        for (int other : below) {
            if (isOpen[other] && !isDone[other]) {
                throw node.failure("a tree leads back to one of its nodes");
            }
            path.add(other);
        }
    }
}
