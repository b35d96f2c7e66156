package dev.skive.frontend.onnx.file;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import com.google.common.collect.ImmutableMap;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import dev.skive.frontend.onnx.Limit;
import dev.skive.frontend.onnx.file.WireReader.Field;
import dev.skive.frontend.onnx.file.WireReader.WireException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Map;

/// A copy of a model message without its weights: the `raw_data` of each tensor is replaced by a reference to where its
/// bytes lie. Protobuf can only parse what is on the Java heap, where weights must not be. Since two bytes of a file
/// become an object there, what is copied is counted first.
///
/// @param file the message as it lies in the file
/// @param meter counts fields, nodes and tensors
record ModelSkeleton(MemorySegment file, Meter meter) {
    /// As deep as protobuf itself goes.
    private static final int MAXIMUM_DEPTH = 100;

    private static final int RAW_DATA = 9;

    /// Messages whose fields are looked at, because they lead to a tensor or can be many.
    private enum Message {
        MODEL,
        GRAPH,
        NODE,
        ATTRIBUTE,
        FUNCTION,
        SPARSE_TENSOR,
        TENSOR,
        VALUE,
        TYPE,
        TENSOR_TYPE,
        SHAPE
    }

    private static final ImmutableMap<Message, ImmutableMap<Integer, Message>> FIELDS =
            ImmutableMap.copyOf(
                    Map.of(
                            Message.MODEL, ImmutableMap.of(7, Message.GRAPH, 25, Message.FUNCTION),
                            Message.GRAPH,
                                    ImmutableMap.copyOf(
                                            Map.of(
                                                    1, Message.NODE,
                                                    5, Message.TENSOR,
                                                    11, Message.VALUE,
                                                    12, Message.VALUE,
                                                    13, Message.VALUE,
                                                    15, Message.SPARSE_TENSOR)),
                            Message.NODE, ImmutableMap.of(5, Message.ATTRIBUTE),
                            Message.FUNCTION,
                                    ImmutableMap.of(7, Message.NODE, 11, Message.ATTRIBUTE, 12, Message.VALUE),
                            Message.SPARSE_TENSOR, ImmutableMap.of(1, Message.TENSOR, 2, Message.TENSOR),
                            Message.VALUE, ImmutableMap.of(2, Message.TYPE),
                            Message.TYPE, ImmutableMap.of(1, Message.TENSOR_TYPE),
                            Message.TENSOR_TYPE, ImmutableMap.of(2, Message.SHAPE),
                            Message.ATTRIBUTE,
                                    ImmutableMap.copyOf(
                                            Map.of(
                                                    5, Message.TENSOR,
                                                    6, Message.GRAPH,
                                                    10, Message.TENSOR,
                                                    11, Message.GRAPH,
                                                    22, Message.SPARSE_TENSOR,
                                                    23, Message.SPARSE_TENSOR))));

    /// Where the copy is: how many messages and how many graphs deep.
    private record Place(int depth, int graphs) {
        Place inside(Message message) {
            return new Place(depth + 1, graphs + (message == Message.GRAPH ? 1 : 0));
        }
    }

    /// The message on the heap.
    ///
    /// @throws WireException when the file is not a message
    /// @throws dev.skive.ir.SkiveException when it exceeds a limit
    byte[] bytes() {
        try {
            return copy(Message.MODEL, new Field(0, 0, 0, file.byteSize()), new Place(0, -1));
        } catch (IOException e) {
            throw new AssertionError("writing to memory cannot fail", e);
        }
    }

    private byte[] copy(Message message, Field content, Place place) throws IOException {
        if (place.depth > MAXIMUM_DEPTH) {
            throw new WireException("messages nested deeper than " + MAXIMUM_DEPTH);
        }
        count(message, place);
        ImmutableMap<Integer, Message> children = FIELDS.getOrDefault(message, ImmutableMap.of());
        var bytes = new ByteArrayOutputStream();
        var output = CodedOutputStream.newInstance(bytes);
        var reader = new WireReader(file, content.start(), content.end());
        while (reader.hasNext()) {
            Field field = reader.next();
            meter.take(Limit.FIELDS, 1, "the model file");
            Message child = children.get(field.number());
            output.writeUInt32NoTag(field.number() << 3 | field.type());
            if (field.type() != WireReader.LENGTH_DELIMITED) {
                output.writeRawBytes(content(field));
            } else if (message == Message.TENSOR && field.number() == RAW_DATA) {
                output.writeByteArrayNoTag(reference(field));
            } else {
                output.writeByteArrayNoTag(child == null ? content(field) : copy(child, field, place.inside(child)));
            }
        }
        output.flush();
        return bytes.toByteArray();
    }

    private void count(Message message, Place place) {
        switch (message) {
            case NODE -> meter.take(Limit.NODES, 1, "the model");
            case TENSOR -> meter.take(Limit.TENSORS, 1, "the model");
            case GRAPH -> meter.limits().require(Limit.NESTING, place.graphs, "the model");
            default -> {}
        }
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
