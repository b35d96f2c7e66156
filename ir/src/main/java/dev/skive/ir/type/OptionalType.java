package dev.skive.ir.type;

/// A value that may be missing at run time.
///
/// @param element the type of the value when it is there
public record OptionalType(Type element) implements Type {
    @Override
    public String toString() {
        return "optional(" + element + ")";
    }
}
