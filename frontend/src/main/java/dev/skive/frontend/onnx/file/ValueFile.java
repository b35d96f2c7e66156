package dev.skive.frontend.onnx.file;

import com.google.common.collect.ImmutableList;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import dev.skive.frontend.onnx.ImportOptions;
import dev.skive.frontend.onnx.Limit;
import dev.skive.frontend.onnx.proto.TensorProto;
import dev.skive.frontend.onnx.proto.TypeProto;
import dev.skive.frontend.weights.Npy;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Reads values that lie in files of their own, as in ONNX's test data: a `TensorProto`, `SequenceProto` or
/// `OptionalProto`, or a NumPy array. The latter two messages belong to no model, so they are taken apart here.
///
/// @param path the file
/// @param tensors reads the tensors in it
public record ValueFile(Path path, TensorReader tensors) {
    private static final int MAXIMUM_DEPTH = 32;

    // Fields of SequenceProto; those of OptionalProto that matter have the same meaning.
    private static final int TENSOR = 3;
    private static final int SPARSE_TENSOR = 4;
    private static final int SEQUENCE = 5;
    private static final int MAP = 6;
    private static final int OPTIONAL = 7;

    /// A file, read with the limits of an import.
    public static ValueFile of(Path path, ImportOptions options) {
        var tensors = new TensorReader(ValueFile::bytes, new ExternalData(path, options), options.limits());
        return new ValueFile(path, tensors);
    }

    private static MemorySegment bytes(ByteString field) {
        return MemorySegment.ofArray(field.toByteArray());
    }

    /// The value in the file.
    ///
    /// @param declared the type that the model declares for it; the file does not say what it holds
    /// @throws SkiveException when the file is missing, damaged, or holds a kind of value that is not supported
    public StoredValue read(TypeProto declared) {
        try {
            if (path.toString().endsWith(".npy")) {
                try (var in = Files.newInputStream(path)) {
                    return new StoredValue.OfTensor(
                            Npy.read(in, path.toString(), tensors.meter().limits().of(Limit.TENSOR_BYTES)));
                }
            }
            ByteString message = ByteString.copyFrom(Files.readAllBytes(path));
            return switch (declared.getValueCase()) {
                case TENSOR_TYPE, VALUE_NOT_SET -> tensor(message);
                case SEQUENCE_TYPE -> sequence(message, 0);
                case OPTIONAL_TYPE -> optional(message, 0);
                default -> throw invalid("values of %s are not supported".formatted(declared.getValueCase()));
            };
        } catch (InvalidProtocolBufferException e) {
            throw new SkiveException(
                    ExitCode.INVALID_MODEL, "'%s' is damaged or cut off (%s)".formatted(path, e.getMessage()), e);
        } catch (IOException e) {
            throw new SkiveException(ExitCode.IO, "cannot read '%s': %s".formatted(path, e.getMessage()), e);
        }
    }

    private StoredValue tensor(ByteString message) throws InvalidProtocolBufferException {
        return new StoredValue.OfTensor(tensors.read(TensorProto.parseFrom(message)));
    }

    private StoredValue sequence(ByteString message, int depth) throws IOException {
        return new StoredValue.OfSequence(values(message, depth));
    }

    private StoredValue optional(ByteString message, int depth) throws IOException {
        ImmutableList<StoredValue> values = values(message, depth);
        if (values.size() > 1) {
            throw invalid("an optional holds %d values".formatted(values.size()));
        }
        return new StoredValue.OfOptional(values.stream().findFirst());
    }

    private ImmutableList<StoredValue> values(ByteString message, int depth) throws IOException {
        if (depth > MAXIMUM_DEPTH) {
            throw invalid("values are nested deeper than %d".formatted(MAXIMUM_DEPTH));
        }
        var values = ImmutableList.<StoredValue>builder();
        CodedInputStream in = message.newCodedInput();
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED) {
                value(WireFormat.getTagFieldNumber(tag), in.readBytes(), depth).ifPresent(values::add);
            } else {
                in.skipField(tag);
            }
        }
        return values.build();
    }

    private Optional<StoredValue> value(int field, ByteString message, int depth) throws IOException {
        return switch (field) {
            case TENSOR -> Optional.of(tensor(message));
            case SEQUENCE -> Optional.of(sequence(message, depth + 1));
            case OPTIONAL -> Optional.of(optional(message, depth + 1));
            case SPARSE_TENSOR, MAP -> throw invalid("sparse tensors and maps in sequences are not supported");
            default -> Optional.empty();
        };
    }

    private SkiveException invalid(String problem) {
        return new SkiveException(ExitCode.INVALID_MODEL, "'%s': %s".formatted(path, problem));
    }
}
