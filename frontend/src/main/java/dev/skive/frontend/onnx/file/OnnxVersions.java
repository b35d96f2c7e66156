package dev.skive.frontend.onnx.file;

import com.google.common.base.Strings;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.Ints;
import dev.skive.frontend.onnx.proto.ModelProto;
import dev.skive.frontend.onnx.proto.NodeProto;
import dev.skive.frontend.onnx.proto.OperatorSetIdProto;
import dev.skive.frontend.onnx.proto.StringStringEntryProto;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;

/// The versions of the format and of the operator sets a model was written against.
///
/// @param opsets version by domain; the standard domain is the empty text
public record OnnxVersions(ImmutableMap<String, Long> opsets) {
    /// Oldest format version that can be read.
    public static final int OLDEST_IR = 3;

    /// Newest format version that can be read.
    public static final int NEWEST_IR = 14;

    /// Oldest standard opset that can be read.
    public static final int OLDEST_OPSET = 7;

    /// Newest standard opset that can be read or written.
    public static final int NEWEST_OPSET = 27;

    private static final String MARK = "dev.skive.opset";

    /// The versions of a model.
    ///
    /// @throws SkiveException when they are outside the supported range
    public static OnnxVersions of(ModelProto model) {
        requireRange("ONNX format (ir_version)", model.getIrVersion(), OLDEST_IR, NEWEST_IR);
        var opsets = ImmutableMap.<String, Long>builder();
        for (OperatorSetIdProto opset : model.getOpsetImportList()) {
            opsets.put(domain(opset.getDomain()), opset.getVersion());
        }
        var versions = new OnnxVersions(opsets.buildKeepingLast());
        boolean usesStandard =
                model.getGraph().getNodeList().stream().anyMatch(node -> domain(node.getDomain()).isEmpty());
        if (usesStandard && !versions.opsets.containsKey("")) {
            throw new SkiveException(
                    ExitCode.INVALID_MODEL, "the model does not say which opset it was written for (opset_import)");
        }
        if (versions.opsets.containsKey("")) {
            requireRange("opset", versions.of(""), OLDEST_OPSET, NEWEST_OPSET);
        }
        return versions;
    }

    private static void requireRange(String what, long found, int oldest, int newest) {
        if (found < oldest || found > newest) {
            String advice =
                    found > newest ? "re-export it for " + what + " " + newest + " or update Skive" : "re-export it";
            throw new SkiveException(
                    ExitCode.INVALID_MODEL,
                    "%s version %d is not supported, %d to %d are; %s".formatted(what, found, oldest, newest, advice));
        }
    }

    /// The version of a domain; 1 when the model does not say.
    public int of(String domain) {
        return opsets.getOrDefault(domain(domain), 1L).intValue();
    }

    /// The version of the domain of a node, which is another than the model's in a function written against another.
    public int of(NodeProto node) {
        return node.getMetadataPropsList().stream()
                .filter(entry -> entry.getKey().equals(MARK))
                .map(entry -> Ints.tryParse(entry.getValue()))
                .filter(version -> version != null && version >= OLDEST_OPSET && version <= NEWEST_OPSET)
                .findFirst()
                .orElseGet(() -> of(node.getDomain()));
    }

    /// Notes on a node which version of its domain it was written against.
    public static NodeProto.Builder mark(NodeProto.Builder node, long version) {
        if (domain(node.getDomain()).isEmpty()) {
            requireRange("opset of a function", version, OLDEST_OPSET, NEWEST_OPSET);
        }
        return node.addMetadataProps(StringStringEntryProto.newBuilder().setKey(MARK).setValue(Long.toString(version)));
    }

    /// The oldest format version that files of an opset are written in, from 13 on.
    public static int formatOf(int opset) {
        return switch (opset) {
            case 13, 14 -> 7;
            case 15, 16, 17, 18 -> 8;
            case 19, 20 -> 9;
            case 21, 22 -> 10;
            case 23 -> 11;
            case 24 -> 12;
            default -> 13;
        };
    }

    /// The one spelling of a domain.
    public static String domain(String domain) {
        return domain.equals("ai.onnx") ? "" : Strings.nullToEmpty(domain);
    }
}
