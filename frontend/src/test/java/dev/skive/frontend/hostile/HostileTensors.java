package dev.skive.frontend.hostile;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Longs;
import com.google.protobuf.ByteString;
import dev.skive.frontend.onnx.TestModel;
import dev.skive.frontend.onnx.proto.SparseTensorProto;
import dev.skive.frontend.onnx.proto.TensorProto;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.type.ElementType;
import java.util.Collections;

/// Constants that contradict themselves, or promise more than they bring.
final class HostileTensors {
    private static final int FLOAT = TensorProto.DataType.FLOAT_VALUE;

    private HostileTensors() {}

    static ImmutableList<HostileModel> models() {
        return ImmutableList.<HostileModel>builder().addAll(sizes()).addAll(values()).addAll(sparse()).build();
    }

    private static ImmutableList<HostileModel> sizes() {
        return ImmutableList.of(
                invalid("tensor-sizes-overflow", raw(8, 1L << 62, 1L << 62), "overflow"),
                invalid("tensor-sizes-wrap-to-0", raw(0, 1L << 32, 1L << 32), "overflow"),
                invalid("tensor-sizes-wrap-to-4", raw(16, (1L << 62) + 1, 4), "overflow"),
                invalid("tensor-bytes-overflow", raw(8, Long.MAX_VALUE), "overflow"),
                invalid("tensor-size-negative", raw(8, -2), "negative size"),
                invalid("tensor-sizes-negative-twice", raw(8, -1, -2), "negative size"),
                invalid("tensor-promises-4-gb", raw(4, 1L << 30), "takes 4294967296 bytes, found 4"),
                refused("tensor-promises-128-gb", raw(4, 1L << 35), "--limit-tensor-bytes"),
                refused(
                        "tensor-of-100-axes",
                        raw(4, Collections.nCopies(100, 1L).stream().mapToLong(i -> i).toArray()),
                        "--limit-rank"));
    }

    private static ImmutableList<HostileModel> values() {
        var text = tensor(TensorProto.DataType.STRING_VALUE, 1L << 40).addStringData(ByteString.copyFromUtf8("a"));
        return ImmutableList.of(
                invalid("tensor-raw-short", raw(7, 2), "takes 8 bytes, found 7"),
                invalid("tensor-raw-long", raw(9, 2), "takes 8 bytes, found 9"),
                invalid("tensor-values-few", tensor(FLOAT, 2).addFloatData(1), "take 2 values, found 1"),
                invalid("tensor-values-of-other-type", tensor(FLOAT, 1).addInt64Data(1), "take 1 values, found 0"),
                invalid("tensor-values-none", tensor(FLOAT, 1 << 20), "take 1048576 values, found 0"),
                invalid("tensor-texts-few", text, "take 1099511627776 values, found 1"),
                invalid("tensor-type-unknown", raw(8, 2).setDataType(99), "unknown element type 99"),
                invalid("tensor-type-none", raw(8, 2).setDataType(0), "unknown element type 0"),
                invalid("tensor-type-negative", raw(8, 2).setDataType(-1), "unknown element type -1"),
                invalid(
                        "tensor-segment",
                        raw(8, 2).setSegment(TensorProto.Segment.newBuilder().setBegin(0).setEnd(1L << 62)),
                        "segments are not supported"));
    }

    private static ImmutableList<HostileModel> sparse() {
        return ImmutableList.of(
                sparse("sparse-beyond", new long[] {0, 4}, 3, "is outside", 4),
                sparse("sparse-negative", new long[] {-1, 2}, 3, "is outside", 4),
                sparse("sparse-unsorted", new long[] {2, 1}, 3, "ascending order", 4),
                sparse("sparse-twice", new long[] {1, 1}, 3, "ascending order", 4),
                sparse("sparse-few-indices", new long[] {1}, 3, "do not fit", 4),
                sparse("sparse-sizes-overflow", new long[] {0, 1}, 3, "overflow", 1L << 62, 4),
                sparse("sparse-2-gb", new long[] {0, 1}, 4, "--limit-memory-bytes", 1L << 29));
    }

    private static TensorProto.Builder tensor(int type, long... sizes) {
        return TensorProto.newBuilder().setName("w").setDataType(type).addAllDims(Longs.asList(sizes));
    }

    private static TensorProto.Builder raw(int bytes, long... sizes) {
        return tensor(FLOAT, sizes).setRawData(ByteString.copyFrom(new byte[bytes]));
    }

    private static TestModel model() {
        return new TestModel(17).input("x", ElementType.FLOAT32, 2).node("Add", "x,w", "y").output("y");
    }

    private static TestModel model(TensorProto.Builder tensor) {
        TestModel model = model();
        model.proto().getGraphBuilder().addInitializer(tensor);
        return model;
    }

    private static HostileModel invalid(String name, TensorProto.Builder tensor, String message) {
        return HostileModel.invalid(name, model(tensor), message);
    }

    private static HostileModel refused(String name, TensorProto.Builder tensor, String message) {
        return HostileModel.refused(name, model(tensor), message);
    }

    private static HostileModel sparse(String name, long[] indices, int status, String message, long... sizes) {
        TestModel model = model();
        model.proto()
                .getGraphBuilder()
                .addSparseInitializer(
                        SparseTensorProto.newBuilder()
                                .addAllDims(Longs.asList(sizes))
                                .setValues(TestModel.tensor("w", TensorData.ofFloats(new float[] {1, 2}, 2)))
                                .setIndices(TestModel.tensor("i", TensorData.ofLongs(indices, indices.length))));
        return new HostileModel(name, model.bytes(), status, message);
    }
}
