package dev.skive.runtime;

/// Arrays of every type that tensors lie in during a run; those of a type that is not used are empty.
///
/// @param floats 32-bit floats
/// @param doubles 64-bit floats
/// @param longs 64-bit integers
/// @param ints 32-bit integers
/// @param shorts 16-bit integers and floats
/// @param bytes 8-bit integers and booleans
@SuppressWarnings("ArrayRecordComponent")
public record Memory(float[] floats, double[] doubles, long[] longs, int[] ints, short[] shorts, byte[] bytes) {
    /// What the names of entries with small constants start with; the name of the array follows.
    public static final String CONSTANTS = "constants.";

    /// The small constants of a model.
    public static Memory constants(Weights weights) {
        return new Memory(
                has(weights, "floats") ? weights.floats(find(weights, "floats")) : new float[0],
                has(weights, "doubles") ? weights.doubles(find(weights, "doubles")) : new double[0],
                has(weights, "longs") ? weights.longs(find(weights, "longs")) : new long[0],
                has(weights, "ints") ? weights.ints(find(weights, "ints")) : new int[0],
                has(weights, "shorts") ? weights.shorts(find(weights, "shorts")) : new short[0],
                has(weights, "bytes") ? weights.bytes(find(weights, "bytes")) : new byte[0]);
    }

    private static boolean has(Weights weights, String array) {
        return find(weights, array) >= 0;
    }

    private static int find(Weights weights, String array) {
        for (int i = 0; i < weights.count(); i++) {
            if (weights.entry(i).name().equals(CONSTANTS + array)) {
                return i;
            }
        }
        return -1;
    }

    /// Bytes 0 and 1 as booleans.
    public static boolean[] booleans(byte[] bytes, int from, int count) {
        var booleans = new boolean[count];
        for (int i = 0; i < count; i++) {
            booleans[i] = bytes[from + i] != 0;
        }
        return booleans;
    }
}
