package dev.skive.cli.verb;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.skive.cli.bench.Effort;
import dev.skive.cli.bench.Machine;
import dev.skive.cli.bench.ModelTable;
import dev.skive.cli.bench.SideBySide;
import dev.skive.cli.console.Console;
import dev.skive.cli.engine.CompiledModel;
import dev.skive.cli.engine.EngineKind;
import dev.skive.cli.model.CompileArguments;
import dev.skive.cli.model.ModelSource;
import dev.skive.cli.model.SymbolSizes;
import dev.skive.cli.model.UsualSizes;
import dev.skive.ir.SkiveException;
import dev.skive.ir.graph.Graph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// `bench --all`: every model of some folders on one thread, one row each.
///
/// @param compiling how they are compiled
/// @param engine kernels of the compiled models
/// @param shapes sizes of symbols, for the models that have symbols of these names
/// @param effort how much time each model may take
/// @param leastRatio below which a model is too slow
record BenchAll(
        CompileArguments compiling, EngineKind engine, List<SymbolSizes> shapes, Effort effort, double leastRatio) {
    /// The report on the measurements.
    ///
    /// @param machine what they were measured on
    /// @param models one per model
    record Report(Machine machine, ImmutableList<ModelTable.Entry> models) {}

    int run(List<String> places, Console console) throws IOException {
        Machine machine = Machine.current();
        console.print(machine.toString());
        console.print(ModelTable.HEAD);
        var entries = ImmutableList.<ModelTable.Entry>builder();
        for (String model : models(places)) {
            ModelTable.Entry entry = entry(model, console);
            console.print(ModelTable.lines(entry));
            entries.add(entry);
        }
        ImmutableList<ModelTable.Entry> all = entries.build();
        console.json(new Report(machine, all));
        return all.stream().allMatch(this::passes) ? Verb.OK : Verb.FAILED;
    }

    private boolean passes(ModelTable.Entry entry) {
        return !entry.rows().isEmpty() && entry.rows().stream().allMatch(row -> row.ratio() >= leastRatio);
    }

    /// The models named, and those in the folders named, in order of their names.
    private static ImmutableList<String> models(List<String> places) throws IOException {
        var models = ImmutableList.<String>builder();
        for (String place : places) {
            if (place.contains(".jar!") || !Files.isDirectory(Path.of(place))) {
                models.add(place);
                continue;
            }
            try (var files = Files.walk(Path.of(place))) {
                files.map(Path::toString).filter(file -> file.endsWith(".onnx")).sorted().forEach(models::add);
            }
        }
        return models.build();
    }

    /// A model that cannot be measured is a row that says why.
    private ModelTable.Entry entry(String model, Console console) throws IOException {
        try (var source = ModelSource.open(model)) {
            Graph graph = compiling.read(source, console);
            var compiled = new CompiledModel(compiling.generate(compiling.optimize(graph, source, console), source));
            var plan =
                    new SideBySide.Plan(
                            ImmutableList.of(UsualSizes.of(graph, given())), ImmutableList.of(1), engine, true, effort);
            return new ModelTable.Entry(
                    model, new SideBySide(source.onnx(graph), graph, compiled).run(plan, console), "");
        } catch (SkiveException | IllegalArgumentException failure) {
            return new ModelTable.Entry(model, ImmutableList.of(), String.valueOf(failure.getMessage()));
        }
    }

    private SymbolSizes given() {
        var sizes = ImmutableMap.<String, Long>builder();
        shapes.forEach(shape -> sizes.putAll(shape.sizes()));
        return new SymbolSizes(sizes.buildKeepingLast());
    }
}
