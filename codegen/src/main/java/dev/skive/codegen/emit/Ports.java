package dev.skive.codegen.emit;

import com.google.common.base.CaseFormat;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.NameAllocator;
import com.palantir.javapoet.TypeSpec;
import dev.skive.codegen.plan.KernelPlan;
import dev.skive.codegen.plan.Storage;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;

/// The inputs and outputs of a model as Java sees them.
final class Ports {
    private static final ClassName INFO = RuntimeTypes.of("TensorInfo");

    /// Names that mean something else where inputs are parameters, and names that record components cannot have.
    private static final List<String> RESERVED =
            List.of(
                    "w",
                    "team",
                    "vector",
                    "worker",
                    "workspaces",
                    "given",
                    "outputs",
                    "shape",
                    "clone",
                    "finalize",
                    "getClass",
                    "hashCode",
                    "notify",
                    "notifyAll",
                    "toString",
                    "wait");

    private final List<Named> inputs;
    private final List<Named> outputs;

    /// An input or output with its Java names.
    ///
    /// @param port the input or output
    /// @param variable name of a parameter or record component
    /// @param constant name of the constant that describes it
    record Named(KernelPlan.Port port, String variable, String constant) {
        /// The class of its tensors.
        ClassName tensor() {
            return RuntimeTypes.of(
                    switch (Storage.of(port.type().element())) {
                        case FLOAT -> "FloatTensor";
                        case DOUBLE -> "DoubleTensor";
                        case LONG -> "LongTensor";
                        case INT -> "IntTensor";
                        case SHORT -> "ShortTensor";
                        case BYTE -> bytes(port.type().element());
                    });
        }

        private static String bytes(ElementType element) {
            return element == ElementType.BOOL ? "BooleanTensor" : isPacked(element) ? "PackedTensor" : "ByteTensor";
        }

        /// The constant of its element type.
        CodeBlock kind() {
            return RuntimeTypes.kind(port.type().element());
        }
    }

    Ports(KernelPlan plan) {
        var constants = new NameAllocator();
        List.of("INPUTS", "OUTPUTS").forEach(constants::newName);
        this.inputs = named(plan.inputs(), constants);
        this.outputs = named(plan.outputs(), constants);
    }

    private static List<Named> named(List<KernelPlan.Port> ports, NameAllocator constants) {
        var variables = new NameAllocator();
        RESERVED.forEach(variables::newName);
        var named = new ArrayList<Named>();
        for (KernelPlan.Port port : ports) {
            String variable = variables.newName(Identifiers.camelCase(port.name()));
            String constant =
                    constants.newName(
                            CaseFormat.LOWER_CAMEL.to(CaseFormat.UPPER_UNDERSCORE, Identifiers.camelCase(port.name())));
            named.add(new Named(port, variable, constant));
        }
        return named;
    }

    /// The inputs, in the model's order.
    List<Named> inputs() {
        return inputs;
    }

    /// The outputs, in the model's order.
    List<Named> outputs() {
        return outputs;
    }

    /// A constant that describes each input and output.
    List<FieldSpec> fields() {
        return Stream.concat(inputs.stream(), outputs.stream()).map(Ports::info).toList();
    }

    private static FieldSpec info(Named named) {
        CodeBlock dims =
                named.port().type().shape().dims().stream()
                        .map(dim -> CodeBlock.of("$L", Identifiers.literal(dim.toString())))
                        .collect(CodeBlock.joining(", "));
        return FieldSpec.builder(INFO, named.constant(), Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                .initializer(
                        "new $T($L, $L, $T.of($L))",
                        INFO,
                        Identifiers.literal(named.port().name()),
                        named.kind(),
                        List.class,
                        dims)
                .build();
    }

    /// The class comment; `$L` is the model's name.
    String javadoc() {
        return "The model {@code $L}, compiled by Skive.\n\n<p>Inputs: "
                + describe(inputs)
                + ". Outputs: "
                + describe(outputs)
                + ".\n\n<p>Instances are safe for use by several threads. The weights are read once per class and shared.\n";
    }

    private static String describe(List<Named> ports) {
        return ports.stream()
                .map(named -> "{@code " + Identifiers.comment(named.port().name() + ": " + named.port().type()) + "}")
                .collect(Collectors.joining(", "));
    }

    /// The record that `run` returns.
    TypeSpec outputsRecord() {
        var constructor = MethodSpec.constructorBuilder();
        outputs.forEach(named -> constructor.addParameter(named.tensor(), named.variable()));
        var javadoc = CodeBlock.builder().add("What a run gives.\n\n");
        outputs.forEach(named ->
                javadoc.add(
                        "@param $L {@code $L} {@code $L}\n",
                        named.variable(),
                        Identifiers.comment(named.port().name()),
                        Identifiers.comment(named.port().type().toString())));
        return TypeSpec.recordBuilder("Outputs")
                .addModifiers(Modifier.PUBLIC)
                .recordConstructor(constructor.build())
                .addJavadoc(javadoc.build())
                .build();
    }

    /// True for elements of which a byte holds several at the boundary of a model.
    static boolean isPacked(ElementType element) {
        return element.bits() < Byte.SIZE;
    }

    /// True when a size is computed from the sizes the inputs name.
    static boolean isSymbol(Dim dim) {
        return dim.asSymbol().isPresent();
    }
}
