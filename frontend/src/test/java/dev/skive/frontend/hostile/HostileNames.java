package dev.skive.frontend.hostile;

import com.google.common.collect.ImmutableList;
import dev.skive.frontend.onnx.TestModel;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.type.ElementType;
import java.util.List;

/// Names that mean something to a compiler, a file system or a terminal.
final class HostileNames {
    private static final String CONTROL = "has a control character";

    private HostileNames() {}

    static ImmutableList<HostileModel> models() {
        return ImmutableList.of(
                HostileModel.harmless("name-ends-comment", named("*/ static { System.exit(7); } /*")),
                HostileModel.harmless(
                        "name-escapes", named("\\u002a\\u002f static { System.exit(7); } \\u002f\\u002a")),
                HostileModel.harmless("name-escaped-line", named("\\u000a static { System.exit(7); } //")),
                HostileModel.harmless("name-ends-text", named("\"); System.exit(7); (\"")),
                HostileModel.harmless("name-many-backslashes", named("\\\\\\u0022 + 1 \\")),
                HostileModel.harmless("name-template", named("$L $T ${x} %s %n {@link Evil} <script>")),
                HostileModel.harmless("name-path", named("../../../evil/\\..\\CON")),
                HostileModel.harmless("name-reverses-text", named("\u202e\u2066evil\u2069 \uff0a\uff0f")),
                HostileModel.harmless("name-keywords", keywords()),
                HostileModel.harmless("name-collisions", collisions()),
                HostileModel.harmless("name-long", named("n".repeat(4000))),
                HostileModel.refused("name-too-long", named("n".repeat(5000)), "--limit-name-length"),
                HostileModel.refused("name-nul", named("a\0b"), CONTROL),
                HostileModel.refused("name-line", named("a\nskive: error: forged"), CONTROL),
                HostileModel.refused("name-line-separator", named("a\u2028} //"), CONTROL),
                HostileModel.refused("name-terminal", named("\u001b]0;evil\u0007\u001b[2J"), CONTROL));
    }

    /// A model in which everything that has a name has this one, with a letter to tell them apart.
    private static TestModel named(String name) {
        TestModel model =
                new TestModel(17)
                        .input("x" + name, ElementType.FLOAT32, "n" + name, 4)
                        .constant("w" + name, TensorData.ofFloats(new float[16], 4, 4))
                        .nodes("MatMul", "", List.of("p" + name))
                        .nodes("Relu", "", List.of("y" + name))
                        .output("y" + name);
        var graph = model.proto().getGraphBuilder();
        graph.setName("g" + name).setDocString(name);
        graph.getNodeBuilder(0).setName("a" + name).addInput("x" + name).addInput("w" + name);
        graph.getNodeBuilder(1).setName("b" + name).addInput("p" + name).setDocString(name);
        model.proto().setProducerName(name).setProducerVersion(name).setDomain(name).setDocString(name);
        return model;
    }

    private static TestModel keywords() {
        return new TestModel(17)
                .input("class", ElementType.FLOAT32, "int", "_")
                .input("new", ElementType.FLOAT32, "int", "_")
                .input("String", ElementType.FLOAT32, "int", "_")
                .node("Add", "class,new", "this")
                .node("Add", "this,String", "return")
                .output("return", "this");
    }

    private static TestModel collisions() {
        return new TestModel(17)
                .input("a.b", ElementType.FLOAT32, "s.t")
                .input("a_b", ElementType.FLOAT32, "s_t")
                .input("aB", ElementType.FLOAT32, "sT")
                .input("a b", ElementType.FLOAT32, "s t")
                .input("workspace", ElementType.FLOAT32, "w")
                .input("run", ElementType.FLOAT32, "length")
                .nodes("Concat", "a.b,a_b,aB,a b,workspace,run", List.of("outputs"), TestModel.integer("axis", 0))
                .node("Neg", "outputs", "close")
                .output("outputs", "close");
    }
}
