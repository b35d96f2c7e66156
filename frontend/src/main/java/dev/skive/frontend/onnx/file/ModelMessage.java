package dev.skive.frontend.onnx.file;

import com.google.common.collect.ImmutableList;
import com.google.protobuf.CodedOutputStream;
import dev.skive.frontend.onnx.proto.GraphProto;
import dev.skive.frontend.onnx.proto.ModelProto;
import dev.skive.frontend.onnx.proto.TensorProto;
import dev.skive.ir.file.ReplacedFile;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;

/// A model message whose initializers go to the file from where they are. Protobuf itself would copy them to the Java
/// heap first.
///
/// @param model the message without initializers
/// @param initializers what is added to its graph
record ModelMessage(ModelProto model, ImmutableList<Initializer> initializers) {
    /// An initializer whose bytes are not in the message.
    ///
    /// @param header the message without `raw_data`
    /// @param raw its `raw_data`, which is left out when empty
    record Initializer(TensorProto header, MemorySegment raw) {
        private boolean hasRaw() {
            return raw.byteSize() > 0;
        }

        private long size() {
            long size = header.getSerializedSize();
            return hasRaw() ? size + fieldSize(TensorProto.RAW_DATA_FIELD_NUMBER, raw.byteSize()) : size;
        }
    }

    /// The size of a field with its tag and length.
    private static long fieldSize(int field, long content) {
        return CodedOutputStream.computeTagSize(field) + CodedOutputStream.computeUInt64SizeNoTag(content) + content;
    }

    /// Writes the message.
    void writeTo(FileChannel channel) throws IOException {
        var output = CodedOutputStream.newInstance(Channels.newOutputStream(channel));
        GraphProto graph = model.getGraph();
        model.toBuilder().clearGraph().build().writeTo(output);
        long size = graph.getSerializedSize();
        for (Initializer initializer : initializers) {
            size += fieldSize(GraphProto.INITIALIZER_FIELD_NUMBER, initializer.size());
        }
        writeHead(output, ModelProto.GRAPH_FIELD_NUMBER, size);
        graph.writeTo(output);
        for (Initializer initializer : initializers) {
            writeHead(output, GraphProto.INITIALIZER_FIELD_NUMBER, initializer.size());
            initializer.header().writeTo(output);
            if (initializer.hasRaw()) {
                writeHead(output, TensorProto.RAW_DATA_FIELD_NUMBER, initializer.raw().byteSize());
                output.flush();
                ReplacedFile.copy(initializer.raw(), channel);
            }
        }
        output.flush();
    }

    private static void writeHead(CodedOutputStream output, int field, long size) throws IOException {
        output.writeTag(field, WireReader.LENGTH_DELIMITED);
        output.writeUInt64NoTag(size);
    }
}
