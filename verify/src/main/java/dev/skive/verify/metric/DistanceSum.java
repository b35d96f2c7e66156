package dev.skive.verify.metric;

/// Adds up differences element by element into a [Distance].
final class DistanceSum {
    private double maxAbsolute;
    private long maxUlp;
    private double differences;
    private double references;
    private double founds;
    private double products;

    /// Adds two finite elements.
    ///
    /// @return true when they differ more than any before
    boolean add(double reference, double found) {
        double difference = Math.abs(reference - found);
        differences += difference * difference;
        references += reference * reference;
        founds += found * found;
        products += reference * found;
        maxUlp = Math.max(maxUlp, Math.abs(step((float) reference) - step((float) found)));
        boolean worst = difference > maxAbsolute;
        maxAbsolute = Math.max(maxAbsolute, difference);
        return worst;
    }

    /// The place of a float32 among all of them in order; both zeros are at 0.
    private static long step(float value) {
        int bits = Float.floatToIntBits(value);
        return bits >= 0 ? bits : Integer.MIN_VALUE - (long) bits;
    }

    Distance distance() {
        double relative = differences == 0 ? 0 : Math.sqrt(differences) / Math.sqrt(references);
        return new Distance(maxAbsolute, relative, cosine(), maxUlp);
    }

    private double cosine() {
        if (references == 0 || founds == 0) {
            return references == founds ? 1 : 0;
        }
        return products / Math.sqrt(references) / Math.sqrt(founds);
    }
}
