package dev.skive.ir.type;

/// A list of values that share one element type; lengths are known only at run time.
///
/// @param element the type every member has
public record SequenceType(Type element) implements Type {
    @Override
    public String toString() {
        return "seq(" + element + ")";
    }
}
