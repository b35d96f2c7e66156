package dev.skive.frontend.hostile;

import com.google.common.collect.ImmutableList;
import dev.skive.frontend.onnx.TestModel;
import dev.skive.frontend.onnx.proto.FunctionProto;
import dev.skive.frontend.onnx.proto.NodeProto;
import dev.skive.frontend.onnx.proto.OperatorSetIdProto;
import dev.skive.ir.type.ElementType;

/// Graphs without an end, and functions that stand for more than they say.
final class HostileGraphs {
    private static final String DOMAIN = "local";

    private HostileGraphs() {}

    static ImmutableList<HostileModel> models() {
        return ImmutableList.of(
                HostileModel.invalid(
                        "graph-cycle",
                        base().node("Add", "x,b", "a").node("Neg", "a", "b").output("b"),
                        "cycle of 2 nodes"),
                HostileModel.invalid(
                        "graph-cycle-of-one", base().node("Add", "x,a", "a").output("a"), "cycle of 1 nodes"),
                HostileModel.invalid(
                        "graph-cycle-aside",
                        base().node("Neg", "x", "y").node("Neg", "a", "a").output("y"),
                        "cycle of 1 nodes"),
                HostileModel.invalid(
                        "graph-name-twice",
                        base().node("Neg", "x", "y").node("Abs", "x", "y").output("y"),
                        "is defined twice"),
                HostileModel.invalid("graph-input-again", base().node("Neg", "x", "x").output("x"), "is defined twice"),
                HostileModel.invalid(
                        "graph-output-twice", base().node("Neg", "x", "y").output("y", "y"), "two outputs are named"),
                HostileModel.invalid(
                        "graph-from-nothing", base().node("Add", "x,nothing", "y").output("y"), "nothing defines"),
                HostileModel.invalid("graph-without-output", base().node("Neg", "x", "y"), "no output"),
                HostileModel.refused("graph-1001-attributes", attributes(1001), "--limit-attributes"),
                HostileModel.harmless("graph-long-chain", chain(1500)),
                HostileModel.harmless("graph-many-equal-nodes", equal(1500)),
                HostileModel.harmless("graph-many-inputs", inputs(200)),
                HostileModel.invalid("function-calls-itself", functions(1, 1, true), "calls itself"),
                HostileModel.invalid("functions-call-each-other", functions(3, 1, true), "calls itself"),
                HostileModel.refused("functions-double", functions(30, 2, false), "--limit-nodes"),
                HostileModel.refused("functions-deep", functions(60, 1, false), "--limit-nesting"),
                HostileModel.invalid("function-twice", twice(), "is defined twice"));
    }

    private static TestModel base() {
        return new TestModel(17).input("x", ElementType.FLOAT32, 4);
    }

    private static TestModel attributes(int count) {
        TestModel model = base().node("Neg", "x", "y").output("y");
        NodeProto.Builder node = model.proto().getGraphBuilder().getNodeBuilder(0);
        for (int i = 0; i < count; i++) {
            node.addAttribute(TestModel.integer("a" + i, i));
        }
        return model;
    }

    private static TestModel chain(int length) {
        TestModel model = base();
        for (int i = 0; i < length; i++) {
            model.node(i % 2 == 0 ? "Sin" : "Abs", i == 0 ? "x" : "v" + (i - 1), "v" + i);
        }
        return model.output("v" + (length - 1));
    }

    /// Equal nodes become one, whose origin names all of them.
    private static TestModel equal(int count) {
        TestModel model = base();
        for (int i = 0; i < count; i++) {
            model.node("Neg", "x", "v" + i);
        }
        return model.node("Add", "v0,v" + (count - 1), "y").output("y");
    }

    private static TestModel inputs(int count) {
        TestModel model = base();
        for (int i = 0; i < count; i++) {
            model.input("i" + i, ElementType.FLOAT32, 4);
        }
        return model.node("Neg", "x", "y").output("y");
    }

    /// Functions of which each calls the next one `calls` times, the last one the first when they go round.
    private static TestModel functions(int count, int calls, boolean round) {
        TestModel model = base().domain(DOMAIN).node(DOMAIN + ":f0", "x", "y").output("y");
        for (int i = 0; i < count; i++) {
            boolean last = i == count - 1;
            model.proto().addFunctions(function("f" + i, last && !round ? "" : "f" + (i + 1) % count, calls));
        }
        return model;
    }

    private static FunctionProto function(String name, String next, int calls) {
        var function =
                FunctionProto.newBuilder()
                        .setName(name)
                        .setDomain(DOMAIN)
                        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
                        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain(DOMAIN).setVersion(1))
                        .addInput("a")
                        .addOutput("b");
        for (int i = 0; i < calls; i++) {
            function.addNode(
                    NodeProto.newBuilder()
                            .setOpType(next.isEmpty() ? "Neg" : next)
                            .setDomain(next.isEmpty() ? "" : DOMAIN)
                            .addInput(i == 0 ? "a" : "t" + (i - 1))
                            .addOutput(i == calls - 1 ? "b" : "t" + i));
        }
        return function.build();
    }

    private static TestModel twice() {
        TestModel model = functions(1, 1, false);
        model.proto().addFunctions(function("f0", "", 1));
        return model;
    }
}
