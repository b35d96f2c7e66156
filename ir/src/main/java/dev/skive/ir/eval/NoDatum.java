package dev.skive.ir.eval;

/// The content of an empty optional.
public record NoDatum() implements Datum {
    @Override
    public String describe() {
        return "an empty optional";
    }
}
