package dev.skive.frontend.lang;

/// Real numbers as the shortest decimals that are read back as the same number.
final class NumberText {
    private NumberText() {}

    static String print(double value) {
        return Double.isFinite(value) ? shortened(Double.toString(value)) : special(value);
    }

    static String print(float value) {
        return Float.isFinite(value) ? shortened(Float.toString(value)) : special(value);
    }

    private static String special(double value) {
        if (Double.isNaN(value)) {
            return "nan";
        }
        return value > 0 ? "inf" : "-inf";
    }

    /// `1.0E-5` as `1e-5`, `2.0` as `2`; only the sign of `-0.0` needs its point.
    private static String shortened(String java) {
        if (java.equals("-0.0")) {
            return java;
        }
        String lower = java.replace('E', 'e');
        return lower.endsWith(".0") ? lower.substring(0, lower.length() - 2) : lower.replace(".0e", "e");
    }
}
