package dev.skive.verify.rule;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import dev.skive.frontend.onnx.ExportOptions;
import dev.skive.frontend.onnx.OnnxExporter;
import dev.skive.ir.SkiveException;
import dev.skive.ir.eval.Interpreter;
import dev.skive.ir.eval.Precision;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.GraphBuilder;
import dev.skive.ir.op.MaxPool;
import dev.skive.ir.op.Op;
import dev.skive.ir.op.ReduceMax;
import dev.skive.ir.op.ReduceMin;
import dev.skive.ir.op.ReduceProd;
import dev.skive.passes.rule.instance.Rewrite;
import dev.skive.passes.rule.instance.Symbols;
import dev.skive.passes.rule.instance.Verdict;
import dev.skive.verify.ort.OrtOptions;
import dev.skive.verify.ort.OrtReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Rewrites on ONNX Runtime with its own optimizations off. Many go into one model, since a session costs more than a small
/// graph; when that model is refused, halves are tried until the one that is refused is alone.
///
/// - Exact: both sides give the same bits, all NaNs counted as one. Where they do not, ONNX Runtime may err itself: when its
///   result of the side before is not what the operators' definitions give bit by bit, and that of the side after is, the
///   rewrite is right and counted as such a fault. (Its `Where` turns -0.0 into 0.0, and it computes float16 in float32
///   without rounding in between.)
/// - Reassociating: the side after is as close to the double-precision result as rounding every operation to its element
///   type explains, or as twice the error of the side before, whose functions ONNX Runtime may have approximated.
///
/// @param folder keeps the models
/// @param random directions of rounding errors
/// @param tally what came out
record OrtRewrites(Path folder, Random random, Tally tally) {
    private static final OrtOptions PLAIN =
            OrtOptions.DEFAULT.withOptimization(OrtOptions.Optimization.NONE).withSpinning(false);
    private static final ExportOptions OPSET = ExportOptions.DEFAULT.withTargetOpset(21);
    private static final double APPROXIMATIONS = 2;

    /// Operators that ONNX Runtime does not compute as they are defined: the largest and the least of several elements where
    /// one of them is NaN, and products of 64-bit integers that wrap.
    private static final Set<Class<? extends Op>> ERRING =
            Set.of(MaxPool.class, ReduceMax.class, ReduceMin.class, ReduceProd.class);

    private static final Pattern TYPE_ERROR =
            Pattern.compile("Type '([^']*)' of input parameter .* of operator \\((\\w+)\\)");

    /// What came out.
    static final class Tally {
        private final Map<String, Integer> refused = new TreeMap<>();
        private final List<String> broken = new ArrayList<>();
        private int kept;
        private int faults;

        int kept() {
            return kept;
        }

        /// How often the sides differ because ONNX Runtime does not do what the operators of the side before say.
        int faults() {
            return faults;
        }

        void add(Tally other) {
            kept += other.kept;
            faults += other.faults;
            broken.addAll(other.broken);
            other.refused.forEach((reason, count) -> refused.merge(reason, count, Integer::sum));
        }

        /// How often ONNX Runtime refused a side, by its reason.
        Map<String, Integer> refused() {
            return refused;
        }

        List<String> broken() {
            return broken;
        }
    }

    /// One side of many rewrites in one model.
    private record Side(String name, Function<Rewrite, Graph> graph) {}

    private static final Side BEFORE = new Side("before", Rewrite::before);
    private static final Side AFTER = new Side("after", Rewrite::after);

    /// Judges rewrites.
    void judge(List<Rewrite> rewrites) {
        if (rewrites.isEmpty()) {
            return;
        }
        try {
            ImmutableList<Map<String, Tensor>> expected = run(rewrites, BEFORE);
            ImmutableList<Map<String, Tensor>> found = run(rewrites, AFTER);
            for (int i = 0; i < rewrites.size(); i++) {
                count(rewrites.get(i), expected.get(i), found.get(i));
            }
        } catch (SkiveException refused) {
            if (rewrites.size() == 1) {
                tally.refused.merge(reason(refused), 1, Integer::sum);
            } else {
                int half = rewrites.size() / 2;
                judge(rewrites.subList(0, half));
                judge(rewrites.subList(half, rewrites.size()));
            }
        }
    }

    /// What ONNX Runtime says, without what differs from model to model.
    private static String reason(SkiveException refused) {
        String message = String.valueOf(refused.getMessage());
        int implementation = message.indexOf("Could not find an implementation for ");
        if (implementation >= 0) {
            return message.substring(implementation).replaceAll(" node with name.*", "");
        }
        Matcher type = TYPE_ERROR.matcher(message);
        return type.find()
                ? "the opset has no %s of %s".formatted(type.group(2), type.group(1))
                : message.replaceAll("input '[^']*'", "an input").replaceAll(".*Status Message: ", "").strip();
    }

    private ImmutableList<Map<String, Tensor>> run(List<Rewrite> rewrites, Side side) {
        var builder = new GraphBuilder(side.name());
        var inputs = new HashMap<String, Tensor>();
        for (int i = 0; i < rewrites.size(); i++) {
            Rewrite rewrite = rewrites.get(i);
            String prefix = "r" + i + ".";
            Symbols.add(side.graph().apply(rewrite), rewrite.inputs().symbols(), prefix, builder);
            rewrite.inputs().tensors().forEach((name, tensor) -> inputs.put(prefix + name, tensor));
        }
        Path file = folder.resolve(side.name() + ".onnx");
        new OnnxExporter(OPSET).write(builder.build(), file);
        try (var model = OrtReference.open(file, PLAIN)) {
            ImmutableMap<String, Tensor> outputs = model.run(Maps.filterKeys(inputs, model.inputNames()::contains));
            var byRewrite = ImmutableList.<Map<String, Tensor>>builder();
            for (int i = 0; i < rewrites.size(); i++) {
                String prefix = "r" + i + ".";
                var own = new HashMap<String, Tensor>();
                Maps.filterKeys(outputs, name -> name.startsWith(prefix))
                        .forEach((name, tensor) -> own.put(name.substring(prefix.length()), tensor));
                byRewrite.add(own);
            }
            return byRewrite.build();
        }
    }

    private void count(Rewrite rewrite, Map<String, Tensor> expected, Map<String, Tensor> found) {
        Verdict verdict = rewrite.isExact() ? exact(rewrite, expected, found) : reassociating(rewrite, expected, found);
        switch (verdict) {
            case Verdict.Kept kept -> tally.kept++;
            case Verdict.Open fault -> tally.faults++;
            case Verdict.Broken(String how) -> tally.broken.add(how + "\n" + rewrite);
        }
    }

    private static Verdict exact(Rewrite rewrite, Map<String, Tensor> expected, Map<String, Tensor> found) {
        if (expected.equals(found)) {
            return new Verdict.Kept();
        }
        return found.equals(defined(rewrite.before(), rewrite)) || errs(rewrite, expected, found)
                ? new Verdict.Open("ONNX Runtime errs")
                : new Verdict.Broken(Rewrite.difference(expected, found));
    }

    /// Whether a side that has an operator of [#ERRING] gives something else than the definitions do.
    private static boolean errs(Rewrite rewrite, Map<String, Tensor> before, Map<String, Tensor> after) {
        return errs(rewrite.before(), rewrite, before) || errs(rewrite.after(), rewrite, after);
    }

    private static boolean errs(Graph side, Rewrite rewrite, Map<String, Tensor> outputs) {
        return side.nodes().stream().anyMatch(node -> ERRING.contains(node.op().getClass()))
                && !outputs.equals(defined(side, rewrite));
    }

    private static Map<String, Tensor> defined(Graph side, Rewrite rewrite) {
        return new Interpreter(Precision.DECLARED).run(side, rewrite.inputs().tensors());
    }

    private Verdict reassociating(Rewrite rewrite, Map<String, Tensor> before, Map<String, Tensor> after) {
        ImmutableMap<String, Tensor> truth = rewrite.truth();
        var budget = new HashMap<String, Double>(rewrite.budget(Precision.DECLARED, random));
        truth.forEach((name, tensor) ->
                budget.merge(
                        name,
                        APPROXIMATIONS * Rewrite.distance(tensor, Objects.requireNonNull(before.get(name))),
                        Math::max));
        Verdict verdict = Rewrite.within(truth, after, budget);
        boolean isInteger = truth.values().stream().noneMatch(tensor -> tensor.element().isReal());
        return verdict instanceof Verdict.Broken && isInteger && errs(rewrite, before, after)
                ? new Verdict.Open("ONNX Runtime errs")
                : verdict;
    }
}
