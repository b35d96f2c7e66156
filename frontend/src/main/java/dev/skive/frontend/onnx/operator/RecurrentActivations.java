package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.op.Activation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The activations of an ONNX recurrent node. Functions with parameters take them from the lists in order, and their
/// usual ones when a list is at its end.
final class RecurrentActivations {
    private RecurrentActivations() {}

    /// The activations of all directions, one after the other.
    ///
    /// @param usual the activations of one direction when none are given
    /// @param directions number of directions
    static ImmutableList<Activation> read(NodeContext node, List<Activation.Kind> usual, int directions) {
        var alphas = new ArrayList<>(node.attributes().reals("activation_alpha").orElse(ImmutableList.of()));
        var betas = new ArrayList<>(node.attributes().reals("activation_beta").orElse(ImmutableList.of()));
        var activations = ImmutableList.<Activation>builder();
        for (Activation.Kind kind : kinds(node, usual, directions)) {
            double alpha = next(alphas, kind.parameters() > 0, kind.usual().alpha());
            double beta = next(betas, kind.parameters() > 1, kind.usual().beta());
            activations.add(new Activation(kind, alpha, beta));
        }
        return activations.build();
    }

    private static double next(List<Float> parameters, boolean used, double usual) {
        return used && !parameters.isEmpty() ? parameters.removeFirst() : usual;
    }

    private static List<Activation.Kind> kinds(NodeContext node, List<Activation.Kind> usual, int directions) {
        Optional<ImmutableList<String>> names = node.attributes().texts("activations");
        var kinds = new ArrayList<Activation.Kind>();
        if (names.isEmpty()) {
            for (int i = 0; i < directions; i++) {
                kinds.addAll(usual);
            }
            return kinds;
        }
        names.get().forEach(name -> kinds.add(kind(node, name)));
        // RNN lists an activation per direction by default, whatever the direction is.
        boolean spare = usual.size() == 1 && directions == 1 && kinds.size() == 2;
        if (!spare && kinds.size() != directions * usual.size()) {
            throw node.failure("%s activations are needed, found %s", directions * usual.size(), names.get());
        }
        return kinds.subList(0, directions * usual.size());
    }

    private static Activation.Kind kind(NodeContext node, String name) {
        for (Activation.Kind kind : Activation.Kind.values()) {
            if (kind.name().replace("_", "").equals(name.toUpperCase(Locale.ROOT))) {
                return kind;
            }
        }
        throw node.failure("unknown activation '%s'", name);
    }
}
