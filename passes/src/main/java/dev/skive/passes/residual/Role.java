package dev.skive.passes.residual;

import java.util.Locale;

/// What a weight of a block is for.
public enum Role {
    /// Makes queries.
    QUERY,
    /// Makes keys.
    KEY,
    /// Makes values.
    VALUE,
    /// Makes queries, keys and values at once.
    QUERY_KEY_VALUE,
    /// Makes keys and values at once.
    KEY_VALUE,
    /// Mixes the heads of attention.
    ATTENTION_OUTPUT,
    /// The half of a gated MLP that goes through the activation.
    GATE,
    /// The first product of an MLP, or the half of a gated one that is not activated.
    UP,
    /// Both halves of a gated MLP at once.
    GATE_UP,
    /// The last product of an MLP.
    DOWN,
    /// The kernel of a convolution.
    KERNEL,
    /// The factor of a normalization.
    NORM_SCALE,
    /// The summand of a normalization.
    NORM_SHIFT,
    /// Any other weight.
    OTHER;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
