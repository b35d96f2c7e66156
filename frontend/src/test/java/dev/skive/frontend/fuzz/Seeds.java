package dev.skive.frontend.fuzz;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.Bytes;
import dev.skive.frontend.onnx.TestModel;
import dev.skive.frontend.weights.Npy;
import dev.skive.frontend.weights.Npz;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.type.ElementType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// Small valid files, from which fuzzing starts.
final class Seeds {
    private static final TensorData MATRIX = TensorData.ofFloats(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);

    private Seeds() {}

    /// The seeds of a target.
    static ImmutableList<byte[]> of(FuzzTarget target) throws IOException {
        return switch (target) {
            case ONNX -> models();
            case EXTERNAL_DATA ->
                    texts(
                            "location w",
                            "location data/w\noffset 16\nlength 16",
                            "location ./w\nchecksum 0b8bf9fc37ad802cefa6733ec62b09d5f43a3d71",
                            "location ../s",
                            "location data/../../s",
                            "location l",
                            "location u/s",
                            "location h",
                            "location /etc/passwd",
                            "length 16\noffset 9223372036854775807\nlocation w");
            case SAFETENSORS ->
                    ImmutableList.of(
                            safetensors("{}", 0),
                            safetensors("{\"__metadata__\":{\"format\":\"pt\"}}  ", 0),
                            safetensors(
                                    "{\"a\":{\"dtype\":\"BF16\",\"shape\":[2,1],\"data_offsets\":[0,4]},"
                                            + "\"b\":{\"dtype\":\"F8_E4M3\",\"shape\":[3],\"data_offsets\":[4,7]}}",
                                    7));
            case LLAMA -> ImmutableList.of(llama(2, 2, 1, 1, 1, 2, 1), llama(2, 2, 1, 1, 1, -2, 1));
            case LANGUAGE -> languages();
            case NPY -> ImmutableList.of(npy(MATRIX), npy(TensorData.ofLongs(new long[] {7})), columns());
            case NPZ -> ImmutableList.of(npz(ImmutableMap.of("a", MATRIX, "b/c", TensorData.ofLongs(new long[] {7}))));
        };
    }

    private static ImmutableList<byte[]> languages() {
        return texts(
                """
                let n = 2
                fn block(x: f32[batch, d], w, eps: float = 1e-5) -> f32[batch, d] {
                  y = LayerNorm(x + w * 0.5, f32[3] { 1, -0.0, 0x7fc00001 }, axis=1, epsilon=eps)
                  return y
                }
                graph g(x "input:0": f32[batch, 3]) {
                  w = Tanh(-x)
                  repeat i in 0..n { x = block(x, w) }
                  values, _ = TopK(x, i64[1] { 1 }, axis=1, largest=true, size=1)
                  return "out 0" = values, x
                }
                """,
                """
                graph "a b"(c: bool[], x: f32["max(a, b)", 2*n+1], s: seq(f32[...]), t: optional(string[k])) {
                  y = If(c, x, yes=(a: f32["max(a, b)", 2*n+1] = x) { return o = Relu(a) }, no=() { return o = x }) from "if"
                  r = Reshape(y, dims=["max(a, b)"*(2*n+1)])
                  u, _, _, _ = Unique(r, count=m)
                  p = ScatterElements(u, i64[0] {}, f32[0] {}, axis=0, combination=replace)
                  return y, p = SequenceLength(s)
                }
                """,
                """
                // drops it
                rule drop-it : exact {
                  match   Reshape(once Reshape($x, dims=$e), dims=$d) | Mul($x, ~0.5)
                  where   rank($x) >= 1 && !constant($x), real($x)
                  replace Reshape($x, dims=$d)
                  lowers  nodes
                  fires   (x: f32[a, 2]) = Reshape(Reshape(x, dims=[2*a]), dims=[a, 2])
                  skips   (x: f32[a, 2]) = Reshape(x, dims=[2*a])
                }
                """,
                "simplify,drop-layers{count=3,metric=\"a\\u0041\"},flatten-quant{bits=-8, scale=1.5e3}",
                "weights \"../w.safetensors\" as w\nweights random(7)\ngraph g() { return y = weight(\"a.{i}\", f32[2]) }");
    }

    private static ImmutableList<byte[]> texts(String... texts) {
        var bytes = ImmutableList.<byte[]>builder();
        for (String text : texts) {
            bytes.add(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.build();
    }

    private static ImmutableList<byte[]> models() {
        return ImmutableList.of(
                new TestModel(17)
                        .input("x", ElementType.FLOAT32, "n", 2)
                        .constant("w", MATRIX)
                        .node("MatMul", "x,w", "p")
                        .node("Relu", "p", "y")
                        .output("y")
                        .bytes(),
                new TestModel(13)
                        .input("x", ElementType.FLOAT32, "batch", 3, 4)
                        .longs("shape", 0, -1, 2, 2)
                        .longs("one", 1)
                        .longs("two", 2)
                        .node("Reshape", "x,shape", "r")
                        .node("Transpose", "r", "t", TestModel.integers("perm", 0, 2, 1, 3))
                        .node("Shape", "t", "s")
                        .node("Gather", "s,one", "g", TestModel.integer("axis", 0))
                        .node("Slice", "t,one,two,one", "c")
                        .node("ReduceSum", "c,two", "sum", TestModel.integer("keepdims", 0))
                        .node("Expand", "sum,g", "e")
                        .node("Softmax", "e", "y", TestModel.integer("axis", -1))
                        .output("y")
                        .bytes(),
                new TestModel(11)
                        .input("x", ElementType.INT64, "n")
                        .longs("k", 3)
                        .node("Tile", "x,k", "t")
                        .node(
                                "ConstantOfShape",
                                "k",
                                "c",
                                TestModel.tensor("value", TestModel.tensor("v", TensorData.ofLongs(new long[] {2}, 1))))
                        .nodes("Split", "c", ImmutableList.of("a", "b"), TestModel.integers("split", 1, 2))
                        .node("Concat", "t,a,b", "y", TestModel.integer("axis", 0))
                        .output("y")
                        .bytes());
    }

    private static byte[] safetensors(String header, int count) {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        byte[] length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(text.length).array();
        return Bytes.concat(length, text, new byte[count]);
    }

    /// A checkpoint with room for the tensors of very small sizes.
    private static byte[] llama(int... header) {
        int numbers = header[5] < 0 ? 44 : 40;
        ByteBuffer file = ByteBuffer.allocate(Integer.BYTES * (header.length + numbers)).order(ByteOrder.LITTLE_ENDIAN);
        Arrays.stream(header).forEach(file::putInt);
        return file.array();
    }

    private static byte[] npy(TensorData array) throws IOException {
        var out = new ByteArrayOutputStream();
        Npy.write(array, out);
        return out.toByteArray();
    }

    private static byte[] columns() throws IOException {
        String text = new String(npy(MATRIX), StandardCharsets.ISO_8859_1);
        return text.replace("False", "True ").getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] npz(ImmutableMap<String, TensorData> arrays) throws IOException {
        Path file = Files.createTempFile("skive-seed", ".npz");
        try {
            Npz.write(arrays, file);
            return Files.readAllBytes(file);
        } finally {
            Files.delete(file);
        }
    }
}
