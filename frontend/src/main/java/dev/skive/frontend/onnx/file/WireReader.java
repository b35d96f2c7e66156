package dev.skive.frontend.onnx.file;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;

/// Reads the fields of protobuf messages that lie in memory, however large they are.
final class WireReader {
    /// A field whose content has a length: a message, text, bytes, or packed numbers.
    static final int LENGTH_DELIMITED = 2;

    private static final int VARINT = 0;
    private static final int FIXED_64 = 1;
    private static final int FIXED_32 = 5;

    private final MemorySegment bytes;
    private final long end;
    private long position;

    WireReader(MemorySegment bytes, long start, long end) {
        this.bytes = bytes;
        this.position = start;
        this.end = end;
    }

    /// A field: its number, its wire type, and where its content lies.
    ///
    /// @param number the field number
    /// @param type the wire type
    /// @param start first byte of the content
    /// @param end the byte after its last
    record Field(int number, int type, long start, long end) {}

    /// True when there is another field.
    boolean hasNext() {
        return position < end;
    }

    /// The next field.
    ///
    /// @throws WireException when it does not lie within the message
    Field next() {
        long tag = varint();
        long number = tag >>> 3;
        int type = (int) (tag & 7);
        if (number < 1 || number >= 1 << 29) {
            throw new WireException("field number " + number);
        }
        long length =
                switch (type) {
                    case VARINT -> varintLength();
                    case FIXED_64 -> Long.BYTES;
                    case FIXED_32 -> Integer.BYTES;
                    case LENGTH_DELIMITED -> varint();
                    default -> throw new WireException("wire type " + type);
                };
        if (length < 0 || length > end - position) {
            throw new WireException("a field of %d bytes where %d are left".formatted(length, end - position));
        }
        var field = new Field((int) number, type, position, position + length);
        position += length;
        return field;
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = byteAt(position++);
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new WireException("a number of more than 64 bits");
    }

    private long varintLength() {
        long length = 1;
        while (byteAt(position + length - 1) < 0) {
            length++;
        }
        return length;
    }

    private byte byteAt(long at) {
        if (at >= end) {
            throw new WireException("the message ends within a number");
        }
        return bytes.get(JAVA_BYTE, at);
    }

    /// The bytes are not a message.
    static final class WireException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        WireException(String message) {
            super(message);
        }
    }
}
