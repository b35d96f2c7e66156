package dev.skive.frontend.hostile;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Bytes;
import com.google.protobuf.ByteString;
import dev.skive.frontend.onnx.TestModel;
import dev.skive.frontend.onnx.proto.TypeProto;
import dev.skive.ir.type.ElementType;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/// Bytes that are no message, or one within another without end.
final class HostileBytes {
    private static final int GRAPH = 7;
    private static final int NODE = 1;
    private static final int ATTRIBUTE = 5;
    private static final int INNER = 6;
    private static final byte MANY = (byte) 0xFF;

    private HostileBytes() {}

    static ImmutableList<HostileModel> models() {
        byte[] valid = valid().bytes();
        return ImmutableList.of(
                HostileModel.damaged("bytes-none", new byte[0]),
                HostileModel.damaged(
                        "bytes-text", "<html>not a model</html>".getBytes(java.nio.charset.StandardCharsets.US_ASCII)),
                HostileModel.damaged("bytes-cut", Arrays.copyOf(valid, valid.length / 2)),
                HostileModel.damaged("bytes-varint-cut", Bytes.concat(valid, new byte[] {8, MANY})),
                HostileModel.damaged(
                        "bytes-varint-overlong", Bytes.concat(valid, new byte[] {8}, many(11), new byte[] {1})),
                HostileModel.damaged("bytes-tag-overlong", Bytes.concat(valid, many(11), new byte[] {1})),
                HostileModel.damaged(
                        "bytes-length-negative", Bytes.concat(valid, new byte[] {18}, many(9), new byte[] {1})),
                HostileModel.damaged(
                        "bytes-length-beyond", Bytes.concat(valid, new byte[] {18, MANY, MANY, MANY, MANY, 7})),
                HostileModel.damaged("bytes-field-0", Bytes.concat(valid, new byte[] {2, 0})),
                HostileModel.damaged("bytes-groups", Bytes.concat(valid, filled(2000, (byte) 0x0B))),
                HostileModel.damaged("bytes-graph-is-a-number", new byte[] {8, 8, GRAPH << 3, 1}),
                new HostileModel("bytes-deep-graphs", graphs(40), 4, "--limit-nesting"),
                new HostileModel("bytes-deeper-graphs", graphs(2000), 4, "--limit-nesting"),
                HostileModel.damaged("bytes-deep-types", types(valid, 2000)));
    }

    private static TestModel valid() {
        return new TestModel(17).input("x", ElementType.FLOAT32, 2).node("Neg", "x", "y").output("y");
    }

    private static byte[] many(int count) {
        return filled(count, MANY);
    }

    private static byte[] filled(int count, byte value) {
        var bytes = new byte[count];
        Arrays.fill(bytes, value);
        return bytes;
    }

    private static byte[] field(int number, byte[] content) {
        var out = new ByteArrayOutputStream();
        out.write(number << 3 | 2);
        int length = content.length;
        while (length > 0x7F) {
            out.write((length & 0x7F) | 0x80);
            length >>= 7;
        }
        out.write(length);
        out.writeBytes(content);
        return out.toByteArray();
    }

    /// A graph in an attribute of a node of a graph, and so on.
    private static byte[] graphs(int depth) {
        byte[] graph = new byte[0];
        for (int i = 0; i < depth; i++) {
            graph = field(NODE, field(ATTRIBUTE, field(INNER, graph)));
        }
        return Bytes.concat(new byte[] {8, 8}, field(GRAPH, graph));
    }

    /// A sequence of sequences of sequences, and so on.
    private static byte[] types(byte[] valid, int depth) {
        byte[] type = TypeProto.getDefaultInstance().toByteArray();
        for (int i = 0; i < depth; i++) {
            type = field(4, field(1, type));
        }
        ByteString name = ByteString.copyFromUtf8("z");
        byte[] input = Bytes.concat(field(1, name.toByteArray()), field(2, type));
        return Bytes.concat(valid, field(GRAPH, field(11, input)));
    }
}
