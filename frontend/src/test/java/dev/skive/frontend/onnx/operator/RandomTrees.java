package dev.skive.frontend.onnx.operator;

import static dev.skive.frontend.onnx.TestModel.integers;
import static dev.skive.frontend.onnx.TestModel.tensor;
import static dev.skive.frontend.onnx.TestModel.texts;

import com.google.common.primitives.Floats;
import com.google.common.primitives.Longs;
import dev.skive.frontend.onnx.TestModel;
import dev.skive.frontend.onnx.proto.AttributeProto;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.type.ElementType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Random decision trees as attributes of nodes.
final class RandomTrees {
    private static final List<String> MODES =
            List.of("BRANCH_LEQ", "BRANCH_LT", "BRANCH_GTE", "BRANCH_GT", "BRANCH_EQ", "BRANCH_NEQ");

    private final Random random;
    private final int features;
    private final List<Long> trees = new ArrayList<>();
    private final List<Long> numbers = new ArrayList<>();
    private final List<Long> wanted = new ArrayList<>();
    private final List<Float> thresholds = new ArrayList<>();
    private final List<String> modes = new ArrayList<>();
    private final List<Long> yes = new ArrayList<>();
    private final List<Long> no = new ArrayList<>();
    private final List<Long> missing = new ArrayList<>();
    private final List<Long> leafTrees = new ArrayList<>();
    private final List<Long> leafNumbers = new ArrayList<>();
    private final List<Long> ids = new ArrayList<>();
    private final List<Float> weights = new ArrayList<>();
    private final boolean mixed;
    private final Targets targets;
    private int next;

    /// Which contributions a leaf has.
    interface Targets {
        long[] of(int tree);
    }

    /// @param mixed whether comparisons differ and missing values are tracked
    RandomTrees(Random random, int features, int count, boolean mixed, Targets targets) {
        this.random = random;
        this.features = features;
        this.mixed = mixed;
        this.targets = targets;
        for (int tree = 0; tree < count; tree++) {
            next = 0;
            grow(tree, random.nextInt(5));
        }
    }

    private long grow(int tree, int depth) {
        int number = next++;
        int at = trees.size();
        trees.add((long) tree);
        numbers.add((long) number);
        boolean isLeaf = depth == 0;
        wanted.add(isLeaf ? 0L : random.nextInt(features));
        thresholds.add(isLeaf ? 0f : threshold());
        modes.add(isLeaf ? "LEAF" : mixed ? MODES.get(random.nextInt(MODES.size())) : "BRANCH_LEQ");
        missing.add(mixed ? random.nextInt(2) : 0L);
        yes.add(0L);
        no.add(0L);
        if (isLeaf) {
            for (long target : targets.of(tree)) {
                leafTrees.add((long) tree);
                leafNumbers.add((long) number);
                ids.add(target);
                weights.add((float) random.nextGaussian());
            }
        } else {
            yes.set(at, grow(tree, depth - 1 - random.nextInt(Math.max(1, depth))));
            no.set(at, grow(tree, depth - 1));
        }
        return number;
    }

    private float threshold() {
        return random.nextInt(3) / 2f;
    }

    /// Makes no contribution negative.
    RandomTrees positive() {
        weights.replaceAll(Math::abs);
        return this;
    }

    /// The attributes.
    ///
    /// @param kind `class` or `target`
    List<AttributeProto> attributes(String kind) {
        var all = new ArrayList<AttributeProto>();
        all.add(integers("nodes_treeids", Longs.toArray(trees)));
        all.add(integers("nodes_nodeids", Longs.toArray(numbers)));
        all.add(integers("nodes_featureids", Longs.toArray(wanted)));
        all.add(reals("nodes_values", Floats.toArray(thresholds)));
        all.add(texts("nodes_modes", modes.toArray(String[]::new)));
        all.add(integers("nodes_truenodeids", Longs.toArray(yes)));
        all.add(integers("nodes_falsenodeids", Longs.toArray(no)));
        if (mixed) {
            all.add(integers("nodes_missing_value_tracks_true", Longs.toArray(missing)));
        }
        all.add(integers(kind + "_treeids", Longs.toArray(leafTrees)));
        all.add(integers(kind + "_nodeids", Longs.toArray(leafNumbers)));
        all.add(integers(kind + "_ids", Longs.toArray(ids)));
        all.add(reals(kind + "_weights", Floats.toArray(weights)));
        return all;
    }

    /// The attributes of a `TreeEnsemble`; every leaf must have one contribution, and no tree may be a leaf.
    List<AttributeProto> linked(ElementType element, boolean members) {
        var places = new long[trees.size()];
        int branches = 0;
        int leaves = 0;
        for (int i = 0; i < places.length; i++) {
            places[i] = modes.get(i).equals("LEAF") ? leaves++ : branches++;
        }
        var columns = new ArrayList<List<Long>>();
        for (int i = 0; i < 7; i++) {
            columns.add(new ArrayList<>());
        }
        var splits = new ArrayList<Double>();
        var sets = new ArrayList<Double>();
        for (int i = 0; i < places.length; i++) {
            if (numbers.get(i) == 0) {
                columns.get(6).add(places[i]);
            }
            if (modes.get(i).equals("LEAF")) {
                continue;
            }
            int start = i - (int) (long) numbers.get(i);
            int onYes = start + (int) (long) yes.get(i);
            int onNo = start + (int) (long) no.get(i);
            boolean isMember = members && random.nextBoolean();
            if (isMember) {
                sets.addAll(List.of(0.0, 2.0, 1.0).subList(0, 1 + random.nextInt(3)));
                sets.add(Double.NaN);
            }
            columns.get(0).add(wanted.get(i));
            columns.get(1).add(places[onYes]);
            columns.get(2).add(places[onNo]);
            columns.get(3).add(modes.get(onYes).equals("LEAF") ? 1L : 0L);
            columns.get(4).add(modes.get(onNo).equals("LEAF") ? 1L : 0L);
            columns.get(5).add(isMember ? 6L : MODES.indexOf(modes.get(i)));
            splits.add((double) thresholds.get(i));
        }
        List<AttributeProto> all = links(columns);
        all.add(reals("nodes_splits", element, splits));
        all.add(reals("leaf_weights", element, weights.stream().map(Float::doubleValue).toList()));
        if (members) {
            all.add(reals("membership_values", element, sets));
        }
        return all;
    }

    private List<AttributeProto> links(List<List<Long>> columns) {
        var all = new ArrayList<AttributeProto>();
        all.add(integers("nodes_featureids", Longs.toArray(columns.get(0))));
        all.add(integers("nodes_truenodeids", Longs.toArray(columns.get(1))));
        all.add(integers("nodes_falsenodeids", Longs.toArray(columns.get(2))));
        all.add(integers("nodes_trueleafs", Longs.toArray(columns.get(3))));
        all.add(integers("nodes_falseleafs", Longs.toArray(columns.get(4))));
        all.add(integers("tree_roots", Longs.toArray(columns.get(6))));
        all.add(integers("leaf_targetids", Longs.toArray(ids)));
        long[] codes = Longs.toArray(columns.get(5));
        all.add(
                tensor(
                        "nodes_modes",
                        TestModel.tensor("m", TensorData.ofIntegers(ElementType.UINT8, codes, codes.length))));
        return all;
    }

    private static AttributeProto reals(String name, ElementType element, List<Double> values) {
        double[] numbers = values.stream().mapToDouble(Double::doubleValue).toArray();
        return tensor(name, TestModel.tensor(name, TensorData.ofReals(element, numbers, numbers.length)));
    }

    private static AttributeProto reals(String name, float... values) {
        return TestModel.reals(name, values);
    }

    /// True when a tree is nothing but a leaf.
    boolean hasBareLeaf() {
        for (int i = 0; i < trees.size(); i++) {
            if (numbers.get(i) == 0 && modes.get(i).equals("LEAF")) {
                return true;
            }
        }
        return false;
    }
}
