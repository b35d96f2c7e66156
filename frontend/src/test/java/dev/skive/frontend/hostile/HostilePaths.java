package dev.skive.frontend.hostile;

import com.google.common.collect.ImmutableList;
import dev.skive.frontend.onnx.TestModel;
import dev.skive.frontend.onnx.proto.AttributeProto;
import dev.skive.frontend.onnx.proto.SparseTensorProto;
import dev.skive.frontend.onnx.proto.StringStringEntryProto;
import dev.skive.frontend.onnx.proto.TensorProto;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.type.ElementType;

/// External data that is not where it may be, or not as much as it is said to be.
final class HostilePaths {
    private static final int COUNT = 16;
    private static final String OUTSIDE = "is not inside the model's folder";

    private HostilePaths() {}

    static ImmutableList<HostileModel> models() {
        return ImmutableList.<HostileModel>builder()
                .addAll(outside())
                .addAll(links())
                .addAll(ranges())
                .add(inAttribute(), inSparseTensor(), namesThatClimb())
                .build();
    }

    private static ImmutableList<HostileModel> outside() {
        return ImmutableList.of(
                refused("cve-2022-25882-parent", OUTSIDE, "location", "../../../../../../etc/passwd"),
                refused("cve-2024-27318-detour", OUTSIDE, "location", "data/../../outside.bin"),
                refused("cve-2024-27318-dot", OUTSIDE, "location", "./../outside.bin"),
                refused("cve-2026-28500-download", OUTSIDE, "location", "https://example.org/weights.bin"),
                refused("path-absolute", OUTSIDE, "location", "/etc/passwd"),
                refused("path-file-scheme", OUTSIDE, "location", "file:///etc/passwd"),
                refused("path-home", OUTSIDE, "location", "~/.ssh/id_rsa"),
                refused("path-windows-drive", OUTSIDE, "location", "C:\\Windows\\win.ini"),
                refused("path-windows-parent", OUTSIDE, "location", "..\\outside.bin"),
                refused("path-windows-share", OUTSIDE, "location", "\\\\server\\share\\weights.bin"),
                refused("path-memory-address", OUTSIDE, "location", "*/_ORT_MEM_ADDR_/*"),
                refused("path-nul", "external data location is not a path", "location", "inside.bin\0.txt"),
                refused("path-folder", "is not a plain file", "location", "."),
                refused("path-none", "has no location", "location", ""));
    }

    private static ImmutableList<HostileModel> links() {
        return ImmutableList.of(
                refused("cve-2026-27489-link", "leads through a symbolic link", "location", "link.bin"),
                refused("cve-2026-34447-linked-folder", "leads through a symbolic link", "location", "up/outside.bin"),
                refused("cve-2026-34446-hard-link", "is a hard link", "location", "hard.bin"));
    }

    private static ImmutableList<HostileModel> ranges() {
        return ImmutableList.of(
                refused("cve-2026-34445-key", "unknown external data key", "location", "inside.bin", "__class__", "x"),
                refused("path-key-twice", "is given twice", "location", "inside.bin", "location", "/etc/passwd"),
                range("cve-2026-34445-length", "has length 9223372036854775807", "length", "9223372036854775807"),
                range("range-negative-offset", "is not a size", "offset", "-1"),
                range("range-offset-overflow", "which has only 64", "offset", "9223372036854775800"),
                range("range-beyond", "which has only 64", "offset", "49"),
                range("range-not-a-number", "is not a size", "offset", "0x10"),
                range("range-too-many-digits", "is not a size", "offset", "99999999999999999999"),
                range("range-checksum", "is damaged", "checksum", "0".repeat(40)));
    }

    private static HostileModel refused(String name, String message, String... entries) {
        return HostileModel.refused(name, initializer(entries), message);
    }

    private static HostileModel range(String name, String message, String key, String value) {
        return HostileModel.invalid(name, initializer("location", "inside.bin", key, value), message);
    }

    private static TestModel initializer(String... entries) {
        var model = new TestModel(17).input("x", ElementType.UINT8, COUNT).node("Add", "x,w", "y").output("y");
        model.proto().getGraphBuilder().addInitializer(tensor(entries));
        return model;
    }

    private static TensorProto tensor(String... entries) {
        var tensor =
                TensorProto.newBuilder()
                        .setName("w")
                        .setDataType(TensorProto.DataType.UINT8_VALUE)
                        .addDims(COUNT)
                        .setDataLocation(TensorProto.DataLocation.EXTERNAL);
        for (int i = 0; i < entries.length; i += 2) {
            tensor.addExternalData(StringStringEntryProto.newBuilder().setKey(entries[i]).setValue(entries[i + 1]));
        }
        return tensor.build();
    }

    private static HostileModel inAttribute() {
        AttributeProto value = TestModel.tensor("value", tensor("location", "../outside.bin"));
        var model =
                new TestModel(17)
                        .input("x", ElementType.UINT8, COUNT)
                        .node("Constant", "", "w", value)
                        .node("Add", "x,w", "y")
                        .output("y");
        return HostileModel.refused("path-in-attribute", model, OUTSIDE);
    }

    private static HostileModel inSparseTensor() {
        var model = new TestModel(17).input("x", ElementType.UINT8, COUNT).node("Add", "x,w", "y").output("y");
        model.proto()
                .getGraphBuilder()
                .addSparseInitializer(
                        SparseTensorProto.newBuilder()
                                .addDims(COUNT)
                                .setValues(tensor("location", "../outside.bin"))
                                .setIndices(TestModel.tensor("i", TensorData.ofLongs(new long[COUNT], COUNT))));
        return HostileModel.refused("path-in-sparse-tensor", model, OUTSIDE);
    }

    /// When it is written again, its weights must stay beside it whatever they are called.
    private static HostileModel namesThatClimb() {
        var model =
                new TestModel(17)
                        .input("x", ElementType.FLOAT32, 1, 8)
                        .constant("../../climbed", TensorData.ofFloats(new float[8 * 64], 8, 64))
                        .node("MatMul", "x,../../climbed", "y")
                        .output("y");
        model.proto().getGraphBuilder().setName("../../climbed");
        return HostileModel.harmless("cve-2025-51480-names-that-climb", model);
    }
}
