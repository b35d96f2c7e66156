package dev.skive.verify.conformance;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Maps;
import dev.skive.codegen.Codegen;
import dev.skive.codegen.CodegenOptions;
import dev.skive.codegen.GeneratedModel;
import dev.skive.frontend.onnx.Diagnostics;
import dev.skive.frontend.onnx.OnnxImporter;
import dev.skive.ir.eval.Datum;
import dev.skive.ir.graph.Graph;
import dev.skive.passes.PassContext;
import dev.skive.passes.PassEvents;
import dev.skive.passes.pipeline.PassManager;
import dev.skive.passes.pipeline.Pipeline;
import dev.skive.verify.Engine;
import dev.skive.verify.conformance.TestCase.DataSet;
import dev.skive.verify.conformance.ValueComparer.Agreement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A case made ready to run.
///
/// @param test the case
/// @param model what its file says
/// @param graph its graph, after the passes
/// @param generated its generated classes, unless the interpreter runs it
/// @param nanos time taken so far
record CaseProgram(TestCase test, CaseModel model, Graph graph, Optional<GeneratedModel> generated, long nanos) {
    private static final String CLASS = "Case";

    /// Imports, optimizes and generates.
    ///
    /// @param packageName of the generated classes
    static CaseProgram prepare(TestCase test, ConformanceOptions options, String packageName) {
        long start = System.nanoTime();
        CaseModel model = CaseModel.open(test.model());
        Graph imported = new OnnxImporter(model.importOptions(test), Diagnostics.silent()).read(test.model());
        Graph graph = options.pipeline().map(passes -> optimize(imported, passes, options.seed())).orElse(imported);
        Optional<GeneratedModel> generated =
                options.compiles()
                        ? Optional.of(Codegen.generate(graph, CodegenOptions.of(packageName, CLASS)))
                        : Optional.empty();
        return new CaseProgram(test, model, graph, generated, System.nanoTime() - start);
    }

    private static Graph optimize(Graph graph, Pipeline passes, long seed) {
        return new PassManager(passes).run(graph, new PassContext(seed, PassEvents.IGNORED)).graph();
    }

    /// Characters of generated source.
    long sourceLength() {
        return generated.stream().flatMap(one -> one.sources().values().stream()).mapToLong(String::length).sum();
    }

    /// What came of running all data sets.
    ///
    /// @param agreement how outputs agree with what is expected
    /// @param notes what was not compared
    record Check(Agreement agreement, String notes) {
        /// Nothing checked yet.
        static final Check NONE = new Check(Agreement.FULL, "");

        /// Both together; every engine leaves out the same.
        Check and(Check other) {
            return new Check(agreement.and(other.agreement), other.notes);
        }
    }

    /// Runs all data sets and compares, up to the first mistake.
    Check check(Engine engine, ValueComparer comparer) {
        Agreement all = Agreement.FULL;
        var notes = new ArrayList<String>();
        if (test.dataSets().isEmpty()) {
            notes.add("no test_data_set_* folder: only compiled");
        }
        for (DataSet set : test.dataSets()) {
            all = all.and(check(set, engine, comparer, notes));
            if (all.mistake().isPresent()) {
                break;
            }
        }
        return new Check(all, String.join("; ", notes));
    }

    private Agreement check(DataSet set, Engine engine, ValueComparer comparer, List<String> notes) {
        ImmutableMap<String, TestValue> inputs = model.inputs(set);
        ImmutableMap<String, TestValue> expected = model.expected(set);
        Map<String, TestValue> found = run(engine, inputs);
        if (expected.isEmpty()) {
            notes.add(set.name() + ": no expected outputs, only run");
        }
        ImmutableSet<String> random = model.randomOutputs(inputs);
        Agreement all = Agreement.FULL;
        for (Map.Entry<String, TestValue> output : expected.entrySet()) {
            String what = "%s, %s, output '%s'".formatted(engine.name(), set.name(), output.getKey());
            TestValue value = found.get(output.getKey());
            if (value == null) {
                return Agreement.mistake("%s is missing".formatted(what));
            }
            boolean isRandom = random.contains(output.getKey());
            if (isRandom) {
                notes.add(what + " is random: only type and sizes compared");
            }
            all =
                    all.and(
                            isRandom
                                    ? ValueComparer.compareTypes(what, output.getValue(), value)
                                    : comparer.compare(what, output.getValue(), value));
        }
        return all;
    }

    /// Passes may have dropped inputs that nothing uses.
    private Map<String, TestValue> run(Engine engine, Map<String, TestValue> inputs) {
        var given = ImmutableMap.<String, Datum>builder();
        inputs.forEach((name, value) -> {
            if (graph.input(name).isPresent()) {
                given.put(name, value.datum());
            }
        });
        return Maps.transformValues(engine.evaluate(given.buildOrThrow()), TestValue::of);
    }
}
