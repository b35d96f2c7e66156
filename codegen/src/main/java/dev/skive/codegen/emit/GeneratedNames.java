package dev.skive.codegen.emit;

import com.palantir.javapoet.ClassName;

/// The names of the generated classes.
///
/// @param model the public class
record GeneratedNames(ClassName model) {
    /// The class that holds the memory of one run.
    ClassName workspace() {
        return model.peerClass(model.simpleName() + "Workspace");
    }

    /// The class that holds the weights.
    ClassName weights() {
        return model.peerClass(model.simpleName() + "Weights");
    }

    /// The class that runs the network on an instruction set.
    ClassName network(Target target) {
        return model.peerClass(model.simpleName() + target.suffix());
    }
}
