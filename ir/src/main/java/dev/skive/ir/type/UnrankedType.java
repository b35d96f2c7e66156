package dev.skive.ir.type;

/// A tensor whose number of axes is known only at run time.
///
/// @param element the type of every element
public record UnrankedType(ElementType element) implements Type {
    @Override
    public String toString() {
        return element + "[...]";
    }
}
