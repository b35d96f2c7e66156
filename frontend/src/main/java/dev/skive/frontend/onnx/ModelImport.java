package dev.skive.frontend.onnx;

import dev.skive.frontend.onnx.file.OnnxVersions;
import dev.skive.frontend.onnx.file.TensorReader;
import dev.skive.frontend.onnx.proto.ModelProto;
import dev.skive.ir.graph.Graph;
import java.util.HashSet;
import java.util.Set;

/// What all graphs of one model share while they are imported.
final class ModelImport {
    private final ModelProto model;
    private final OnnxVersions versions;
    private final ImportOptions options;
    private final Diagnostics diagnostics;
    private final TensorReader tensors;
    private final Problems problems = new Problems();
    private final Set<String> symbols = new HashSet<>();

    ModelImport(ModelProto model, ImportOptions options, Diagnostics diagnostics, TensorReader tensors) {
        this.model = model;
        this.versions = OnnxVersions.of(model);
        this.options = options;
        this.diagnostics = diagnostics;
        this.tensors = tensors;
    }

    /// The model's graph.
    Graph graph() {
        new ModelLimits(options.limits()).check(model);
        new UnsupportedOperators(versions).check(model.getGraph());
        Graph graph = GraphImport.ofModel(this, model.getGraph()).importModel();
        new ValueLimits(options.limits()).check(graph);
        return graph;
    }

    OnnxVersions versions() {
        return versions;
    }

    ImportOptions options() {
        return options;
    }

    Diagnostics diagnostics() {
        return diagnostics;
    }

    TensorReader tensors() {
        return tensors;
    }

    Problems problems() {
        return problems;
    }

    /// Notes that a symbol means something.
    void reserve(Set<String> names) {
        symbols.addAll(names);
    }

    /// A symbol that means nothing yet, in any graph of the model.
    String freshSymbol(String wanted) {
        String name = wanted;
        for (int i = 2; !symbols.add(name); i++) {
            name = wanted + "." + i;
        }
        return name;
    }
}
