package dev.skive.frontend.onnx.file;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import com.google.common.collect.ImmutableMap;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import dev.skive.frontend.onnx.file.WireReader.Field;
import dev.skive.frontend.onnx.file.WireReader.WireException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Map;

/// A copy of a model message without its weights: the `raw_data` of each tensor is replaced by a reference to where its
/// bytes lie. Protobuf can only parse what is on the Java heap, where weights must not be.
///
/// @param file the message as it lies in the file
record ModelSkeleton(MemorySegment file) {
    /// As deep as protobuf itself goes.
    private static final int MAXIMUM_DEPTH = 100;

    private static final int RAW_DATA = 9;

    /// Messages on the way to a tensor, each with the fields that lead on.
    private enum Message {
        MODEL,
        GRAPH,
        NODE,
        ATTRIBUTE,
        FUNCTION,
        SPARSE_TENSOR,
        TENSOR
    }

    private static final ImmutableMap<Message, ImmutableMap<Integer, Message>> FIELDS =
            ImmutableMap.of(
                    Message.MODEL, ImmutableMap.of(7, Message.GRAPH, 25, Message.FUNCTION),
                    Message.GRAPH, ImmutableMap.of(1, Message.NODE, 5, Message.TENSOR, 15, Message.SPARSE_TENSOR),
                    Message.NODE, ImmutableMap.of(5, Message.ATTRIBUTE),
                    Message.FUNCTION, ImmutableMap.of(7, Message.NODE, 11, Message.ATTRIBUTE),
                    Message.SPARSE_TENSOR, ImmutableMap.of(1, Message.TENSOR, 2, Message.TENSOR),
                    Message.ATTRIBUTE,
                            ImmutableMap.copyOf(
                                    Map.of(
                                            5, Message.TENSOR,
                                            6, Message.GRAPH,
                                            10, Message.TENSOR,
                                            11, Message.GRAPH,
                                            22, Message.SPARSE_TENSOR,
                                            23, Message.SPARSE_TENSOR)));

    /// The message on the heap.
    ///
    /// @throws WireException when the file is not a message
    byte[] bytes() {
        try {
            return copy(Message.MODEL, 0, file.byteSize(), 0);
        } catch (IOException e) {
            throw new AssertionError("writing to memory cannot fail", e);
        }
    }

    private byte[] copy(Message message, long start, long end, int depth) throws IOException {
        if (depth > MAXIMUM_DEPTH) {
            throw new WireException("messages nested deeper than " + MAXIMUM_DEPTH);
        }
        ImmutableMap<Integer, Message> children = FIELDS.getOrDefault(message, ImmutableMap.of());
        var bytes = new ByteArrayOutputStream();
        var output = CodedOutputStream.newInstance(bytes);
        var reader = new WireReader(file, start, end);
        while (reader.hasNext()) {
            Field field = reader.next();
            Message child = children.get(field.number());
            output.writeUInt32NoTag(field.number() << 3 | field.type());
            if (field.type() != WireReader.LENGTH_DELIMITED) {
                output.writeRawBytes(content(field));
            } else if (message == Message.TENSOR && field.number() == RAW_DATA) {
                output.writeByteArrayNoTag(reference(field));
            } else {
                output.writeByteArrayNoTag(
                        child == null ? content(field) : copy(child, field.start(), field.end(), depth + 1));
            }
        }
        output.flush();
        return bytes.toByteArray();
    }

    private byte[] content(Field field) {
        return file.asSlice(field.start(), field.end() - field.start()).toArray(JAVA_BYTE);
    }

    private static byte[] reference(Field field) {
        return ByteBuffer.allocate(2 * Long.BYTES).putLong(field.start()).putLong(field.end() - field.start()).array();
    }

    /// The bytes in the file that a reference in the skeleton stands for.
    MemorySegment resolve(ByteString reference) {
        ByteBuffer parts = reference.asReadOnlyByteBuffer();
        return file.asSlice(parts.getLong(), parts.getLong());
    }
}
