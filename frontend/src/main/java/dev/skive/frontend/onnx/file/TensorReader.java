package dev.skive.frontend.onnx.file;

import com.google.common.primitives.Longs;
import com.google.protobuf.ByteString;
import dev.skive.frontend.onnx.Limit;
import dev.skive.frontend.onnx.Limits;
import dev.skive.frontend.onnx.proto.SparseTensorProto;
import dev.skive.frontend.onnx.proto.TensorProto;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.data.Elements;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.type.ElementType;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// Turns tensor messages into constants. Raw and external bytes stay where they are; typed fields are copied out of the
/// Java heap.
///
/// @param file where the messages come from
/// @param external where external data comes from
/// @param meter counts the memory that is allocated
public record TensorReader(RawData file, ExternalData external, Meter meter) {
    /// A reader that has allocated nothing so far.
    public TensorReader(RawData file, ExternalData external, Limits limits) {
        this(file, external, new Meter(limits));
    }

    /// The constant a message describes.
    ///
    /// @throws SkiveException when the message contradicts itself
    public TensorData read(TensorProto tensor) {
        ElementType element =
                OnnxTypes.element(tensor.getDataType())
                        .orElseThrow(() -> invalid(tensor, "unknown element type " + tensor.getDataType()));
        long[] sizes = Longs.toArray(tensor.getDimsList());
        long count = count(tensor, sizes, element);
        if (tensor.hasSegment()) {
            throw invalid(tensor, "tensors in segments are not supported");
        }
        boolean isExternal = tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL;
        if (element == ElementType.STRING) {
            requireCount(tensor, isExternal ? -1 : tensor.getStringDataCount(), count);
            return TensorData.ofText(
                    tensor.getStringDataList().stream().map(text -> text(tensor, text)).toList(), sizes);
        }
        if (isExternal) {
            return TensorData.wrap(element, sizes, external.map(tensor, element.bytes(count)));
        }
        return TensorData.wrap(
                element, sizes, tensor.hasRawData() ? raw(tensor, element, count) : typed(tensor, element, count));
    }

    private String text(TensorProto tensor, ByteString text) {
        meter.limits().require(Limit.TEXT_BYTES, text.size(), subject(tensor));
        return text.toStringUtf8();
    }

    private long count(TensorProto tensor, long[] sizes, ElementType element) {
        meter.limits().require(Limit.RANK, sizes.length, subject(tensor));
        long count = 1;
        try {
            for (long size : sizes) {
                if (size < 0) {
                    throw invalid(tensor, "negative size in %s".formatted(Arrays.toString(sizes)));
                }
                count = Math.multiplyExact(count, size);
            }
            String subject = "%s of type %s%s".formatted(subject(tensor), element, Arrays.toString(sizes));
            meter.limits().require(Limit.TENSOR_BYTES, element.bytes(count), subject);
            return count;
        } catch (ArithmeticException e) {
            throw invalid(tensor, "the sizes %s overflow".formatted(Arrays.toString(sizes)));
        }
    }

    private MemorySegment allocate(TensorProto tensor, ElementType element, long count) {
        meter.take(Limit.MEMORY_BYTES, element.bytes(count), subject(tensor));
        return TensorData.allocate(element, count);
    }

    private MemorySegment raw(TensorProto tensor, ElementType element, long count) {
        MemorySegment raw = file.raw(tensor.getRawData());
        if (raw.byteSize() != element.bytes(count)) {
            throw invalid(
                    tensor,
                    "%s%s takes %d bytes, found %d"
                            .formatted(element, tensor.getDimsList(), element.bytes(count), raw.byteSize()));
        }
        return raw;
    }

    private MemorySegment typed(TensorProto tensor, ElementType element, long count) {
        // Types below a byte come as packed bytes, one per entry.
        boolean packed = element.bits() < Byte.SIZE;
        long parts = element.kind() == ElementType.Kind.COMPLEX ? 2 : 1;
        long entries = packed ? element.bytes(count) : parts * count;
        requireCount(tensor, typedCount(tensor, element), entries);
        var bytes = allocate(tensor, element, count);
        for (int i = 0; i < entries; i++) {
            switch (element) {
                case FLOAT32, COMPLEX64 -> bytes.setAtIndex(Elements.FLOAT, i, tensor.getFloatData(i));
                case FLOAT64, COMPLEX128 -> bytes.setAtIndex(Elements.DOUBLE, i, tensor.getDoubleData(i));
                case INT64 -> bytes.setAtIndex(Elements.LONG, i, tensor.getInt64Data(i));
                case UINT32, UINT64 -> Elements.setBits(element, bytes, i, tensor.getUint64Data(i));
                default -> Elements.setBits(packed ? ElementType.UINT8 : element, bytes, i, tensor.getInt32Data(i));
            }
        }
        return bytes;
    }

    private static int typedCount(TensorProto tensor, ElementType element) {
        return switch (element) {
            case FLOAT32, COMPLEX64 -> tensor.getFloatDataCount();
            case FLOAT64, COMPLEX128 -> tensor.getDoubleDataCount();
            case INT64 -> tensor.getInt64DataCount();
            case UINT32, UINT64 -> tensor.getUint64DataCount();
            default -> tensor.getInt32DataCount();
        };
    }

    private static void requireCount(TensorProto tensor, long found, long expected) {
        if (found != expected) {
            throw invalid(tensor, "sizes %s take %d values, found %d".formatted(tensor.getDimsList(), expected, found));
        }
    }

    /// The dense constant a sparse message describes.
    ///
    /// @throws SkiveException when the message contradicts itself
    public TensorData read(SparseTensorProto sparse) {
        TensorProto proto = sparse.getValues();
        TensorData values = read(proto);
        TensorData indices = read(sparse.getIndices());
        long[] sizes = Longs.toArray(sparse.getDimsList());
        ElementType element = values.element();
        long count = count(proto, sizes, element);
        boolean flat = indices.rank() == 1;
        long expected = flat ? values.count() : values.count() * sizes.length;
        if (element.bits() == 0
                || element.bits() > Long.SIZE
                || indices.element() != ElementType.INT64
                || indices.rank() > 2
                || indices.count() != expected) {
            throw invalid(proto, "sparse indices %s do not fit values %s".formatted(indices, values));
        }
        var bytes = allocate(proto, element, count);
        long last = -1;
        for (long i = 0; i < values.count(); i++) {
            long at = flat ? indices.getLong(i) : position(indices, i, sizes);
            if (at < 0 || at >= count) {
                throw invalid(proto, "sparse index %d is outside %s".formatted(i, Arrays.toString(sizes)));
            }
            if (at <= last) {
                throw invalid(proto, "sparse indices must be in ascending order, index %d is not".formatted(i));
            }
            last = at;
            Elements.setBits(element, bytes, at, Elements.bits(element, values.bytes(), i));
        }
        return TensorData.wrap(element, sizes, bytes);
    }

    private static long position(TensorData indices, long row, long[] sizes) {
        long at = 0;
        for (int axis = 0; axis < sizes.length; axis++) {
            long index = indices.getLong(row * sizes.length + axis);
            if (index < 0 || index >= sizes[axis]) {
                return -1;
            }
            at = at * sizes[axis] + index;
        }
        return at;
    }

    private static SkiveException invalid(TensorProto tensor, String problem) {
        return new SkiveException(ExitCode.INVALID_MODEL, "%s: %s".formatted(subject(tensor), problem));
    }

    private static String subject(TensorProto tensor) {
        return "tensor '%s'".formatted(tensor.getName());
    }
}
