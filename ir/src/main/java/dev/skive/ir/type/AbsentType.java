package dev.skive.ir.type;

/// The type of an operand that was left out.
public record AbsentType() implements Type {
    @Override
    public String toString() {
        return "absent";
    }
}
