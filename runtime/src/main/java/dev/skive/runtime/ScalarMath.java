package dev.skive.runtime;

import static java.lang.Math.fma;

/// Elementary functions on single floats for the scalar kernels. They have no branches, so that C2 can vectorize loops
/// over them; that of JDK 25 does where no bits move between floats and integers, which they do in `exp`, `log` and what
/// is made of these. Generated vector kernels write out the same operations in the same order, and give the same bits.
///
/// **Numerics**: tests hold the errors named below, in units in the last place (ulp) of the true result, on dense sweeps
/// of the whole range. NaN gives NaN.
public final class ScalarMath {
    /// Adding it rounds to an integer, which then stands in the low bits.
    private static final float ROUND = 0x1.8p23f;

    private static final float LOG2_E = 1.442695f;
    private static final float LN2 = 0.6931472f;
    private static final float LN2_REST = -1.9046542e-9f;

    /// Beyond it `Phi(x)` is 0 or 1 in float, and the approximation of [#gelu] gives just that.
    private static final float GELU_LIMIT = 5.6f;

    /// Here the approximation gives 1.
    private static final float ERF_LIMIT = 3.92f;

    /// Here the approximation gives 1.
    private static final float TANH_LIMIT = 9f;

    private static final float SQRT_8_BY_PI = 1.5957692f;
    private static final float GELU_CUBE = 0.044715f;
    private static final int SQRT_HALF_BITS = 0x3f3504f3;
    private static final float DENORMAL_SCALE = 0x1p25f;
    private static final int ROUND_BITS = 0x4b400000;

    private ScalarMath() {}

    /// `e^x` within 1 ulp. Results below 1.67e-38 become 0, results above the largest float infinity.
    public static float exp(float x) {
        float c = Math.min(Math.max(x, -87.33f), 89f);
        float n = fma(c, LOG2_E, ROUND);
        float whole = n - ROUND;
        float r = fma(whole, -LN2_REST, fma(whole, -LN2, c));
        // 2 e^r, because 2^(n-1) is a float for every n that can occur, 0 for the smallest
        float p = fma(0.002762919f, r, 0.016737437f);
        p = fma(p, r, 0.08333678f);
        p = fma(p, r, 0.33333042f);
        p = fma(p, r, 0.9999999f);
        p = fma(p, r, 2f);
        p = fma(p, r, 2f);
        return p * halfPower(n);
    }

    /// `2^x` within 1 ulp. Results below 1.67e-38 become 0, results above the largest float infinity.
    public static float exp2(float x) {
        float c = Math.min(Math.max(x, -126f), 128.4f);
        float n = c + ROUND;
        float r = c - (n - ROUND);
        float p = fma(3.070668e-4f, r, 0.0026797806f);
        p = fma(p, r, 0.019236876f);
        p = fma(p, r, 0.11100665f);
        p = fma(p, r, 0.48045295f);
        p = fma(p, r, 1.3862944f);
        p = fma(p, r, 2f);
        return p * halfPower(n);
    }

    /// `2^(n-1)` for an integer in the low bits of a float; 0 for n = -126.
    private static float halfPower(float n) {
        return Float.intBitsToFloat((Float.floatToRawIntBits(n) + 126) << 23);
    }

    /// Natural logarithm within 1 ulp, denormals included; minus infinity at 0, NaN below.
    public static float log(float x) {
        boolean small = x < Float.MIN_NORMAL;
        int bits = Float.floatToRawIntBits(small ? x * DENORMAL_SCALE : x);
        int exponent = (bits - SQRT_HALF_BITS) >> 23;
        float f = Float.intBitsToFloat(bits - (exponent << 23)) - 1f;
        float e = Float.intBitsToFloat(exponent + ROUND_BITS) - (small ? ROUND + 25f : ROUND);
        float p = fma(-0.07634608f, f, 0.12762007f);
        p = fma(p, f, -0.13160352f);
        p = fma(p, f, 0.14201719f);
        p = fma(p, f, -0.16623338f);
        p = fma(p, f, 0.20001228f);
        p = fma(p, f, -0.25000823f);
        p = fma(p, f, 0.3333333f);
        float square = f * f;
        float y = fma(square * f, p, e * LN2_REST);
        y = fma(square, -0.5f, y);
        float log = fma(e, LN2, f + y);
        log = x < Float.POSITIVE_INFINITY ? log : x;
        log = x < 0f ? Float.NaN : log;
        return x == 0f ? Float.NEGATIVE_INFINITY : log;
    }

    /// Hyperbolic tangent within 6 ulp, never beyond 1.
    public static float tanh(float x) {
        float c = Math.min(Math.max(x, -TANH_LIMIT), TANH_LIMIT);
        float t = c * c;
        float p = fma(-1.2204376e-11f, t, 3.058633e-8f);
        p = fma(p, t, 2.8008026e-5f);
        p = fma(p, t, 0.0038683563f);
        p = fma(p, t, 0.13679938f);
        p = fma(p, t, 1f);
        float q = fma(1.2874056e-6f, t, 3.9386813e-4f);
        q = fma(q, t, 0.027245944f);
        q = fma(q, t, 0.4701327f);
        q = fma(q, t, 1f);
        return Math.min(Math.max(c * p / q, -1f), 1f);
    }

    /// The error function within 6 ulp, never beyond 1.
    public static float erf(float x) {
        float c = Math.min(Math.max(x, -ERF_LIMIT), ERF_LIMIT);
        float t = c * c;
        float p = fma(6.6581665e-6f, t, 4.0763972e-4f);
        p = fma(p, t, 0.004205884f);
        p = fma(p, t, 0.055640914f);
        p = fma(p, t, 0.19261362f);
        p = fma(p, t, 1.1283792f);
        float q = fma(2.5295674e-7f, t, 7.160809e-5f);
        q = fma(q, t, 0.0014122975f);
        q = fma(q, t, 0.016242078f);
        q = fma(q, t, 0.117320806f);
        q = fma(q, t, 0.5040328f);
        q = fma(q, t, 1f);
        return Math.min(Math.max(c * p / q, -1f), 1f);
    }

    /// `1 / (1 + e^-x)` within 3 ulp.
    public static float sigmoid(float x) {
        return 1f / (1f + exp(-x));
    }

    /// `x Phi(x)` with the normal distribution function `Phi`, the form of GELU with `erf`. Absolute error at most 2.5e-7
    /// times `max(1, |x|)`; minus infinity gives NaN, as the formula does.
    public static float gelu(float x) {
        float z = Math.min(Math.max(x, -GELU_LIMIT), GELU_LIMIT);
        float t = z * z;
        float p = fma(2.2146923e-8f, t, 6.3561665e-6f);
        p = fma(p, t, 1.738166e-4f);
        p = fma(p, t, 0.004707048f);
        p = fma(p, t, 0.03437289f);
        p = fma(p, t, 0.39894223f);
        float q = fma(1.1802326e-6f, t, 7.509034e-5f);
        q = fma(q, t, 0.0019127845f);
        q = fma(q, t, 0.02893821f);
        q = fma(q, t, 0.25282577f);
        q = fma(q, t, 1f);
        return x * (z * p / q + 0.5f);
    }

    /// `0.5 x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3)))`, the form of GELU with `tanh`. Absolute error at most 2.5e-7
    /// times `max(1, |x|)`; minus infinity gives NaN, as the formula does.
    public static float geluTanh(float x) {
        float u = SQRT_8_BY_PI * fma(GELU_CUBE * x * x, x, x);
        return x / (1f + exp(-u));
    }
}
