package dev.skive.verify.conformance;

import com.google.common.collect.ImmutableSet;
import dev.skive.frontend.onnx.proto.AttributeProto;
import dev.skive.frontend.onnx.proto.FunctionProto;
import dev.skive.frontend.onnx.proto.ModelProto;
import dev.skive.frontend.onnx.proto.NodeProto;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Finds what follows from random numbers in a model. The files of such a test hold what another generator made, so
/// only types and sizes can be compared.
///
/// @param model the model
record RandomValues(ModelProto model) {
    private static final ImmutableSet<String> GENERATORS =
            ImmutableSet.of(
                    "Bernoulli",
                    "Multinomial",
                    "RandomNormal",
                    "RandomNormalLike",
                    "RandomUniform",
                    "RandomUniformLike");

    /// Operators whose results depend on the sizes of their operands only.
    private static final ImmutableSet<String> SIZE_READERS = ImmutableSet.of("Shape", "Size");

    private static final int DROPOUT_RATIO = 1;
    private static final int DROPOUT_TRAINING = 2;

    /// The names of all values of the main graph that are random.
    ///
    /// @param scalar the value of a scalar input or initializer, if it is known
    Set<String> names(Function<String, OptionalDouble> scalar) {
        Set<String> functions =
                model.getFunctionsList().stream()
                        .filter(function -> hasGenerator(function.getNodeList()))
                        .map(FunctionProto::getName)
                        .collect(Collectors.toSet());
        var random = new HashSet<String>();
        boolean grows = true;
        while (grows) {
            grows = false;
            for (NodeProto node : model.getGraph().getNodeList()) {
                boolean isRandom =
                        functions.contains(node.getOpType())
                                || hasGenerator(List.of(node))
                                || isTraining(node, scalar)
                                || (!SIZE_READERS.contains(node.getOpType())
                                        && node.getInputList().stream().anyMatch(random::contains));
                grows |= isRandom && random.addAll(node.getOutputList());
            }
        }
        random.remove("");
        return random;
    }

    private static boolean hasGenerator(List<NodeProto> nodes) {
        return nodes.stream()
                .anyMatch(node ->
                        (node.getDomain().isEmpty() && GENERATORS.contains(node.getOpType()))
                                || node.getAttributeList().stream()
                                        .filter(AttributeProto::hasG)
                                        .anyMatch(attribute -> hasGenerator(attribute.getG().getNodeList())));
    }

    private static boolean isTraining(NodeProto node, Function<String, OptionalDouble> scalar) {
        return node.getOpType().equals("Dropout")
                && node.getInputCount() > DROPOUT_TRAINING
                && !node.getInput(DROPOUT_TRAINING).isEmpty()
                && scalar.apply(node.getInput(DROPOUT_TRAINING)).orElse(1) != 0
                && scalar.apply(node.getInput(DROPOUT_RATIO)).orElse(1) != 0;
    }
}
