package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Doubles;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.type.ElementType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// Trees as `TreeEnsembleClassifier` and `TreeEnsembleRegressor` have them: nodes by tree and number, leaves among them.
final class TreeTables {
    private final NodeContext node;
    private final List<Long> trees;
    private final List<Long> numbers;
    private final List<String> modes;
    private final Map<Place, Integer> places = new HashMap<>();
    private int leaves;

    private record Place(long tree, long number) {}

    private TreeTables(NodeContext node) {
        this.node = node;
        this.trees = integers("nodes_treeids");
        this.numbers = integers("nodes_nodeids");
        this.modes =
                node.attributes()
                        .texts("nodes_modes")
                        .orElseThrow(() -> node.failure("attribute 'nodes_modes' is missing"));
        check("nodes_nodeids", numbers.size());
        check("nodes_modes", modes.size());
        int branches = 0;
        leaves = (int) modes.stream().filter("LEAF"::equals).count();
        int leaf = 0;
        for (int i = 0; i < trees.size(); i++) {
            int place = modes.get(i).equals("LEAF") ? leaf++ : leaves + branches++;
            if (places.put(new Place(trees.get(i), numbers.get(i)), place) != null) {
                throw node.failure("node %s of tree %s is given twice", numbers.get(i), trees.get(i));
            }
        }
    }

    private void check(String name, int size) {
        if (size != trees.size()) {
            throw node.failure("attribute '%s' must have %s elements, found %s", name, trees.size(), size);
        }
    }

    private List<Long> integers(String name) {
        return node.attributes().integers(name).orElseThrow(() -> node.failure("attribute '%s' is missing", name));
    }

    /// Real numbers that are given as floats or as a tensor.
    static Optional<double[]> reals(NodeContext node, String name) {
        Optional<double[]> tensor =
                node.attributes()
                        .tensor(name + "_as_tensor")
                        .map(node.tensors()::read)
                        .filter(data -> data.count() > 0)
                        .map(TensorData::doubles);
        return node.attributes().reals(name).filter(list -> !list.isEmpty()).map(Doubles::toArray).or(() -> tensor);
    }

    private double[] required(String name) {
        return reals(node, name).orElseThrow(() -> node.failure("attribute '%s' is missing", name));
    }

    private int place(long tree, long number) {
        Integer place = places.get(new Place(tree, number));
        if (place == null) {
            throw node.failure("tree %s has no node %s", tree, number);
        }
        return place;
    }

    /// The trees of a node and what their leaves say.
    ///
    /// @param kind `class` or `target`
    static LeafWeights read(NodeContext node, String kind, int targets) {
        var tables = new TreeTables(node);
        return new LeafWeights(tables.forest(), targets, tables.weights(kind, targets));
    }

    private Forest forest() {
        node.attributes().ignore("nodes_hitrates");
        node.attributes().ignore("nodes_hitrates_as_tensor");
        List<Long> features = integers("nodes_featureids");
        List<Long> yes = integers("nodes_truenodeids");
        List<Long> no = integers("nodes_falsenodeids");
        double[] thresholds = required("nodes_values");
        check("nodes_featureids", features.size());
        check("nodes_truenodeids", yes.size());
        check("nodes_falsenodeids", no.size());
        check("nodes_values", thresholds.length);
        List<Long> missing = node.attributes().integers("nodes_missing_value_tracks_true").orElse(ImmutableList.of());
        var branches = new ArrayList<Forest.Branch>();
        for (int i = 0; i < trees.size(); i++) {
            if (!modes.get(i).equals("LEAF")) {
                boolean missingIsTrue = i < missing.size() && missing.get(i) == 1;
                long tree = trees.get(i);
                var ways = new Forest.Ways(place(tree, yes.get(i)), place(tree, no.get(i)), missingIsTrue);
                int feature = Math.toIntExact(features.get(i));
                branches.add(Forest.Branch.of(node, modes.get(i), feature, thresholds[i], ways));
            }
        }
        int[] roots =
                IntStream.range(0, trees.size())
                        .filter(i -> i == 0 || !trees.get(i).equals(trees.get(i - 1)))
                        .map(i -> place(trees.get(i), numbers.get(i)))
                        .toArray();
        return new Forest(node, leaves, branches, roots);
    }

    private ImmutableList<ImmutableList<LeafWeights.Weight>> weights(String kind, int targets) {
        List<Long> ofTrees = integers(kind + "_treeids");
        List<Long> ofNodes = integers(kind + "_nodeids");
        List<Long> ids = integers(kind + "_ids");
        double[] weights = required(kind + "_weights");
        if (ofTrees.size() != weights.length || ofNodes.size() != weights.length || ids.size() != weights.length) {
            throw node.failure("%s weights, but %s targets for them", weights.length, ids.size());
        }
        var byLeaf = new ArrayList<ImmutableList.Builder<LeafWeights.Weight>>();
        for (int i = 0; i < leaves; i++) {
            byLeaf.add(ImmutableList.builder());
        }
        for (int i = 0; i < weights.length; i++) {
            long target = ids.get(i);
            if (target < 0 || target >= targets) {
                throw node.failure("there is no target %s, there are %s", target, targets);
            }
            int place = place(ofTrees.get(i), ofNodes.get(i));
            // What stands at other nodes is never reached.
            if (place < leaves) {
                byLeaf.get(place).add(new LeafWeights.Weight((int) target, weights[i]));
            }
        }
        return byLeaf.stream().map(ImmutableList.Builder::build).collect(ImmutableList.toImmutableList());
    }

    /// The type in which features are compared.
    static ElementType compared(NodeContext node) {
        return node.element(0) == ElementType.FLOAT64 ? ElementType.FLOAT64 : ElementType.FLOAT32;
    }
}
