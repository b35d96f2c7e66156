package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.data.TensorData;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Trees as `TreeEnsemble` has them: branches and leaves apart, linked by their places.
final class LinkedTrees {
    private static final int MEMBER = 6;
    private static final List<String> MODES =
            List.of("BRANCH_LEQ", "BRANCH_LT", "BRANCH_GTE", "BRANCH_GT", "BRANCH_EQ", "BRANCH_NEQ");

    private final NodeContext node;
    private final List<Long> features;
    private final List<Long> yes;
    private final List<Long> no;
    private final List<Long> yesLeaves;
    private final List<Long> noLeaves;
    private final List<Long> missing;
    private final List<Long> targets;
    private final int leaves;

    LinkedTrees(NodeContext node) {
        this.node = node;
        this.features = integers("nodes_featureids");
        this.yes = integers("nodes_truenodeids");
        this.no = integers("nodes_falsenodeids");
        this.yesLeaves = integers("nodes_trueleafs");
        this.noLeaves = integers("nodes_falseleafs");
        this.missing = node.attributes().integers("nodes_missing_value_tracks_true").orElse(ImmutableList.of());
        this.targets = integers("leaf_targetids");
        this.leaves = targets.size();
        node.attributes().ignore("nodes_hitrates");
    }

    private List<Long> integers(String name) {
        return node.attributes().integers(name).orElseThrow(() -> node.failure("attribute '%s' is missing", name));
    }

    private Optional<TensorData> tensor(String name) {
        return node.attributes().tensor(name).map(node.tensors()::read);
    }

    private TensorData required(String name) {
        return tensor(name).orElseThrow(() -> node.failure("attribute '%s' is missing", name));
    }

    /// The trees and what their leaves say.
    LeafWeights read(int count) {
        TensorData weights = required("leaf_weights");
        if (weights.count() != leaves) {
            throw node.failure("%s leaves, but %s weights", leaves, weights.count());
        }
        var byLeaf = ImmutableList.<ImmutableList<LeafWeights.Weight>>builder();
        for (int i = 0; i < leaves; i++) {
            long target = targets.get(i);
            if (target < 0 || target >= count) {
                throw node.failure("there is no target %s, there are %s", target, count);
            }
            byLeaf.add(ImmutableList.of(new LeafWeights.Weight((int) target, weights.getDouble(i))));
        }
        return new LeafWeights(forest(), count, byLeaf.build());
    }

    private Forest forest() {
        TensorData modes = required("nodes_modes");
        TensorData splits = required("nodes_splits");
        int count = features.size();
        for (long size : new long[] {modes.count(), splits.count(), yes.size(), no.size(), yesLeaves.size()}) {
            if (size != count) {
                throw node.failure("%s branches, but a list of %s elements for them", count, size);
            }
        }
        List<List<Double>> members = members(modes);
        // A branch by several members is a chain of branches by one each; the others come behind all first ones.
        var first = new ArrayList<Forest.Branch>();
        var chained = new ArrayList<Forest.Branch>();
        for (int i = 0; i < count; i++) {
            int mode = (int) modes.getLong(i);
            int feature = Math.toIntExact(features.get(i));
            int onYes = place(yes.get(i), yesLeaves.get(i) != 0);
            int onNo = place(no.get(i), noLeaves.get(i) != 0);
            boolean missingIsTrue = i < missing.size() && missing.get(i) == 1;
            if (mode != MEMBER) {
                var ways = new Forest.Ways(onYes, onNo, missingIsTrue);
                first.add(Forest.Branch.of(node, mode(mode), feature, splits.getDouble(i), ways));
                continue;
            }
            List<Double> set = members.get(i);
            for (int j = 0; j < set.size(); j++) {
                boolean isLast = j == set.size() - 1;
                int next = leaves + count + chained.size() + (j == 0 ? 0 : 1);
                var ways = new Forest.Ways(onYes, isLast ? onNo : next, missingIsTrue);
                (j == 0 ? first : chained).add(Forest.Branch.of(node, "BRANCH_EQ", feature, set.get(j), ways));
            }
        }
        first.addAll(chained);
        return new Forest(node, leaves, first, roots());
    }

    private int[] roots() {
        return integers("tree_roots").stream()
                .mapToInt(root -> {
                    int at = check(root, features.size());
                    boolean isLeaf = yes.get(at).equals(no.get(at)) && yesLeaves.get(at) != 0 && noLeaves.get(at) != 0;
                    return isLeaf ? place(yes.get(at), true) : place(root, false);
                })
                .toArray();
    }

    private int check(long place, int count) {
        if (place < 0 || place >= count) {
            throw node.failure("there is no node %s, there are %s", place, count);
        }
        return (int) place;
    }

    private int place(long number, boolean isLeaf) {
        return isLeaf ? check(number, leaves) : leaves + check(number, features.size());
    }

    private String mode(int mode) {
        if (mode < 0 || mode >= MODES.size()) {
            throw node.failure("node mode %s is not known", mode);
        }
        return MODES.get(mode);
    }

    /// For each branch its members; NaN stands between those of one branch and the next.
    private List<List<Double>> members(TensorData modes) {
        double[] all = tensor("membership_values").map(TensorData::doubles).orElse(new double[0]);
        var members = new ArrayList<List<Double>>();
        int at = 0;
        for (int i = 0; i < features.size(); i++) {
            var set = new ArrayList<Double>();
            if (modes.getLong(i) == MEMBER) {
                for (; at < all.length && !Double.isNaN(all[at]); at++) {
                    set.add(all[at]);
                }
                at++;
                if (set.isEmpty()) {
                    throw node.failure("branch %s has no members", i);
                }
            }
            members.add(set);
        }
        return members;
    }
}
