package dev.skive.frontend.onnx.file;

import com.google.protobuf.ByteString;
import java.lang.foreign.MemorySegment;

/// Where the bytes of tensors are that a message holds itself.
public interface RawData {
    /// The bytes that a `raw_data` field stands for.
    MemorySegment raw(ByteString field);
}
