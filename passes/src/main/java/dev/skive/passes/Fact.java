package dev.skive.passes;

/// Something that holds for a graph once a pass has run, named so that a later pass can require it.
///
/// @param name kebab-case
public record Fact(String name) {
    /// No node with constant operands is left, beyond what the size limit of folding leaves.
    public static final Fact CONSTANTS_FOLDED = new Fact("constants-folded");

    /// Products with a matrix on the right are `linear`.
    public static final Fact LINEARS_FUSED = new Fact("linears-fused");

    /// Recognized attention is one node.
    public static final Fact ATTENTION_FUSED = new Fact("attention-fused");

    /// Recognized normalizations are one node.
    public static final Fact NORMS_FUSED = new Fact("norms-fused");

    @Override
    public String toString() {
        return name;
    }
}
