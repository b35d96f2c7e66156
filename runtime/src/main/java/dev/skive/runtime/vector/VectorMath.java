package dev.skive.runtime.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// Elementary functions on vectors of [#SPECIES]. Each does the same operations in the same order as its twin in
/// [dev.skive.runtime.ScalarMath], which names the errors, and returns the same bits in every lane.
///
/// The methods are small enough for C2 to compile them into the loop that calls them. Constants are written where they
/// are used: C2 keeps a broadcast constant in a register, but would load a vector from a field.
public final class VectorMath {
    /// The species of all arguments: the preferred one of the machine.
    public static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

    private static final int LANES = SPECIES.length();
    private static final VectorShuffle<Float> SWAP_8 = swap(8);
    private static final VectorShuffle<Float> SWAP_4 = swap(4);
    private static final VectorShuffle<Float> SWAP_2 = swap(2);
    private static final VectorShuffle<Float> SWAP_1 = swap(1);

    private static final float ROUND = 0x1.8p23f;
    private static final float LOG2_E = 1.442695f;
    private static final float LN2 = 0.6931472f;
    private static final float LN2_REST = -1.9046542e-9f;
    private static final float GELU_LIMIT = 5.6f;
    private static final float ERF_LIMIT = 3.92f;
    private static final float TANH_LIMIT = 9f;
    private static final float SQRT_8_BY_PI = 1.5957692f;
    private static final float GELU_CUBE = 0.044715f;
    private static final int SQRT_HALF_BITS = 0x3f3504f3;
    private static final float DENORMAL_SCALE = 0x1p25f;
    private static final int ROUND_BITS = 0x4b400000;

    private VectorMath() {}

    /// `e^x`; 0 below 1.67e-38.
    public static FloatVector exp(FloatVector x) {
        FloatVector c = clamp(x, -87.33f, 89f);
        FloatVector n = c.fma(splat(LOG2_E), splat(ROUND));
        FloatVector whole = n.sub(splat(ROUND));
        FloatVector r = whole.fma(splat(-LN2_REST), whole.fma(splat(-LN2), c));
        FloatVector p = r.fma(splat(0.002762919f), splat(0.016737437f));
        p = p.fma(r, splat(0.08333678f));
        p = p.fma(r, splat(0.33333042f));
        p = p.fma(r, splat(0.9999999f));
        p = p.fma(r, splat(2f));
        p = p.fma(r, splat(2f));
        return p.mul(halfPower(n));
    }

    /// `2^x`; 0 below 1.67e-38.
    public static FloatVector exp2(FloatVector x) {
        FloatVector c = clamp(x, -126f, 128.4f);
        FloatVector n = c.add(splat(ROUND));
        FloatVector r = c.sub(n.sub(splat(ROUND)));
        FloatVector p = r.fma(splat(3.070668e-4f), splat(0.0026797806f));
        p = p.fma(r, splat(0.019236876f));
        p = p.fma(r, splat(0.11100665f));
        p = p.fma(r, splat(0.48045295f));
        p = p.fma(r, splat(1.3862944f));
        p = p.fma(r, splat(2f));
        return p.mul(halfPower(n));
    }

    /// `2^(n-1)` for integers in the low bits of floats; 0 for n = -126.
    private static FloatVector halfPower(FloatVector n) {
        return n.reinterpretAsInts().add(126).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
    }

    /// Natural logarithm; minus infinity at 0, NaN below.
    public static FloatVector log(FloatVector x) {
        var small = x.lt(Float.MIN_NORMAL);
        IntVector bits = x.blend(x.mul(splat(DENORMAL_SCALE)), small).reinterpretAsInts();
        IntVector exponent = bits.sub(SQRT_HALF_BITS).lanewise(VectorOperators.ASHR, 23);
        FloatVector f = bits.sub(exponent.lanewise(VectorOperators.LSHL, 23)).reinterpretAsFloats().sub(splat(1f));
        FloatVector e = exponent.add(ROUND_BITS).reinterpretAsFloats().sub(splat(ROUND).blend(ROUND + 25f, small));
        FloatVector p = logPolynomial(f);
        FloatVector square = f.mul(f);
        FloatVector y = square.mul(f).fma(p, e.mul(splat(LN2_REST)));
        y = square.fma(splat(-0.5f), y);
        FloatVector log = e.fma(splat(LN2), f.add(y));
        log = x.blend(log, x.lt(Float.POSITIVE_INFINITY));
        log = log.blend(Float.NaN, x.lt(0f));
        return log.blend(Float.NEGATIVE_INFINITY, x.eq(0f));
    }

    private static FloatVector logPolynomial(FloatVector f) {
        FloatVector p = f.fma(splat(-0.07634608f), splat(0.12762007f));
        p = p.fma(f, splat(-0.13160352f));
        p = p.fma(f, splat(0.14201719f));
        p = p.fma(f, splat(-0.16623338f));
        p = p.fma(f, splat(0.20001228f));
        p = p.fma(f, splat(-0.25000823f));
        return p.fma(f, splat(0.3333333f));
    }

    /// Hyperbolic tangent.
    public static FloatVector tanh(FloatVector x) {
        FloatVector c = clamp(x, -TANH_LIMIT, TANH_LIMIT);
        FloatVector t = c.mul(c);
        FloatVector p = t.fma(splat(-1.2204376e-11f), splat(3.058633e-8f));
        p = p.fma(t, splat(2.8008026e-5f));
        p = p.fma(t, splat(0.0038683563f));
        p = p.fma(t, splat(0.13679938f));
        p = p.fma(t, splat(1f));
        FloatVector q = t.fma(splat(1.2874056e-6f), splat(3.9386813e-4f));
        q = q.fma(t, splat(0.027245944f));
        q = q.fma(t, splat(0.4701327f));
        q = q.fma(t, splat(1f));
        return clamp(c.mul(p).div(q), -1f, 1f);
    }

    /// The error function.
    public static FloatVector erf(FloatVector x) {
        FloatVector c = clamp(x, -ERF_LIMIT, ERF_LIMIT);
        FloatVector t = c.mul(c);
        FloatVector p = t.fma(splat(6.6581665e-6f), splat(4.0763972e-4f));
        p = p.fma(t, splat(0.004205884f));
        p = p.fma(t, splat(0.055640914f));
        p = p.fma(t, splat(0.19261362f));
        p = p.fma(t, splat(1.1283792f));
        FloatVector q = t.fma(splat(2.5295674e-7f), splat(7.160809e-5f));
        q = q.fma(t, splat(0.0014122975f));
        q = q.fma(t, splat(0.016242078f));
        q = q.fma(t, splat(0.117320806f));
        q = q.fma(t, splat(0.5040328f));
        q = q.fma(t, splat(1f));
        return clamp(c.mul(p).div(q), -1f, 1f);
    }

    /// `1 / (1 + e^-x)`.
    public static FloatVector sigmoid(FloatVector x) {
        return splat(1f).div(exp(x.neg()).add(splat(1f)));
    }

    /// `x Phi(x)` with the normal distribution function `Phi`.
    public static FloatVector gelu(FloatVector x) {
        FloatVector z = clamp(x, -GELU_LIMIT, GELU_LIMIT);
        FloatVector t = z.mul(z);
        FloatVector p = t.fma(splat(2.2146923e-8f), splat(6.3561665e-6f));
        p = p.fma(t, splat(1.738166e-4f));
        p = p.fma(t, splat(0.004707048f));
        p = p.fma(t, splat(0.03437289f));
        p = p.fma(t, splat(0.39894223f));
        FloatVector q = t.fma(splat(1.1802326e-6f), splat(7.509034e-5f));
        q = q.fma(t, splat(0.0019127845f));
        q = q.fma(t, splat(0.02893821f));
        q = q.fma(t, splat(0.25282577f));
        q = q.fma(t, splat(1f));
        return x.mul(z.mul(p).div(q).add(splat(0.5f)));
    }

    /// `0.5 x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3)))`.
    public static FloatVector geluTanh(FloatVector x) {
        FloatVector cube = x.mul(splat(GELU_CUBE)).mul(x);
        FloatVector u = cube.fma(x, x).mul(splat(SQRT_8_BY_PI));
        return x.div(exp(u.neg()).add(splat(1f)));
    }

    /// The sum of all lanes, always added in the same order. `reduceLanes` leaves the order open, and interpreter and C2
    /// do differ, so that results would change while a JVM warms up.
    public static float sum(FloatVector x) {
        FloatVector sum = x;
        if (LANES >= 16) {
            sum = sum.add(sum.rearrange(SWAP_8));
        }
        if (LANES >= 8) {
            sum = sum.add(sum.rearrange(SWAP_4));
        }
        if (LANES >= 4) {
            sum = sum.add(sum.rearrange(SWAP_2));
        }
        return sum.add(sum.rearrange(SWAP_1)).lane(0);
    }

    private static VectorShuffle<Float> swap(int distance) {
        return VectorShuffle.fromOp(SPECIES, lane -> (lane ^ distance) % LANES);
    }

    /// NaN passes: it is neither below nor above.
    private static FloatVector clamp(FloatVector x, float low, float high) {
        FloatVector c = x.blend(low, x.lt(low));
        return c.blend(high, c.compare(VectorOperators.GT, high));
    }

    private static FloatVector splat(float value) {
        return FloatVector.broadcast(SPECIES, value);
    }
}
