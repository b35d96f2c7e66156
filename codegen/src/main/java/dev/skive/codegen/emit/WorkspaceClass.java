package dev.skive.codegen.emit;

import com.google.common.collect.ImmutableMap;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import dev.skive.codegen.memory.MemoryPlan;
import dev.skive.codegen.memory.Slot;
import dev.skive.codegen.plan.AttentionKernel;
import dev.skive.codegen.plan.Constraint;
import dev.skive.codegen.plan.ConvKernel;
import dev.skive.codegen.plan.Kernel;
import dev.skive.codegen.plan.KernelPlan;
import dev.skive.codegen.plan.Matrix;
import dev.skive.codegen.plan.ProductKernel;
import dev.skive.codegen.plan.Storage;
import dev.skive.ir.type.Dim;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;

/// The class that holds the memory of one run: sizes, where tensors lie, and the arrays they lie in. Arrays grow when a
/// run needs more and stay for the next.
final class WorkspaceClass {
    private static final ClassName ARRAYS = RuntimeTypes.of("Memory");
    private static final int ALIGNMENT = 16;
    private static final Dim WIDEST_VECTOR = Dim.of(16);

    private final GeneratedNames names;
    private final MemoryPlan memory;
    private final Scratch vector;
    private final Scratch scalar;
    private final SizeNames sizes;

    WorkspaceClass(GeneratedNames names, MemoryPlan memory, Scratch vector, Scratch scalar) {
        this.names = names;
        this.memory = memory;
        this.vector = vector;
        this.scalar = scalar;
        this.sizes = vector.sizes();
    }

    /// The class for a plan.
    TypeSpec emit(KernelPlan plan) {
        var type =
                TypeSpec.classBuilder(names.workspace())
                        .addModifiers(Modifier.FINAL)
                        .addJavadoc("The memory of one run of {@link $T}.\n", names.model());
        type.addField(ARRAYS, "constants", Modifier.FINAL);
        plan.constraints()
                .forEach(constraint -> {
                    sizes.formula(constraint.left());
                    sizes.formula(constraint.right());
                });
        memory.slots().forEach(slot -> sizes.formula(slot.size()));
        ImmutableMap<Dim, String> fields = sizes.fields();
        fields.values().forEach(name -> type.addField(int.class, name));
        for (Storage storage : Storage.values()) {
            if (!memory.slots(storage).isEmpty()) {
                type.addField(FieldSpec.builder(array(storage), storage.field()).initializer("{}").build());
            }
        }
        memory.slots().forEach(slot -> type.addField(int.class, slot.field()));
        type.addField(float[][].class, "scratch", Modifier.FINAL);
        type.addField(float[][][].class, "scratchRows", Modifier.FINAL);
        type.addMethod(constructor());
        type.addMethod(prepare(plan, fields));
        type.addMethod(place(plan));
        type.addMethod(scratchMethod());
        return type.build();
    }

    private static Class<?> array(Storage storage) {
        return switch (storage) {
            case FLOAT -> float[].class;
            case DOUBLE -> double[].class;
            case LONG -> long[].class;
            case INT -> int[].class;
            case SHORT -> short[].class;
            case BYTE -> byte[].class;
        };
    }

    private MethodSpec constructor() {
        return MethodSpec.constructorBuilder()
                .addParameter(ARRAYS, "constants")
                .addParameter(int.class, "workers")
                .addStatement("this.constants = constants")
                .addStatement("scratch = new float[workers][0]")
                .addStatement("scratchRows = new float[workers][0][0]")
                .build();
    }

    private MethodSpec prepare(KernelPlan plan, ImmutableMap<Dim, String> fields) {
        var method =
                MethodSpec.methodBuilder("prepare")
                        .addJavadoc("Computes sizes and places for inputs of these sizes, and makes room.\n")
                        .addParameter(boolean.class, "vector");
        fields.forEach((dim, name) -> {
            if (dim.asSymbol().isPresent()) {
                method.addParameter(int.class, name);
            }
        });
        fields.forEach((dim, name) -> {
            if (dim.asSymbol().isPresent()) {
                method.addStatement("this.$L = $L", name, name);
            }
        });
        for (Constraint constraint : plan.constraints()) {
            method.addStatement(
                    "$T.requireEqual($L, $L, $L)",
                    RuntimeTypes.SIZES,
                    sizes.formula(constraint.left()),
                    sizes.formula(constraint.right()),
                    Identifiers.literal(constraint.left() + " = " + constraint.right()));
        }
        fields.forEach((dim, name) -> {
            if (dim.asSymbol().isEmpty()) {
                method.addStatement("this.$L = $L", name, sizes.formula(dim));
            }
        });
        method.addStatement("place()");
        method.addStatement("makeScratch(vector)");
        return method.build();
    }

    private MethodSpec place(KernelPlan plan) {
        var code = CodeBlock.builder();
        for (Storage storage : Storage.values()) {
            if (memory.slots(storage).isEmpty()) {
                continue;
            }
            String end = storage.primitive() + "End";
            code.addStatement("int $L = 0", end);
            for (Slot slot : memory.slots(storage)) {
                Dim extra = storage == Storage.FLOAT ? slack(plan) : Dim.ZERO;
                code.addStatement("$L = $L", slot.field(), end);
                code.addStatement(
                        "$L = Math.addExact($L, Math.addExact($L, $L) & ~$L)",
                        end,
                        end,
                        sizes.formula(slot.size()),
                        sizes.formula(extra.plus(ALIGNMENT - 1)),
                        ALIGNMENT - 1);
            }
            code.beginControlFlow("if ($L.length < $L)", storage.field(), end);
            code.addStatement("$L = new $L[$L]", storage.field(), storage.primitive(), end);
            code.endControlFlow();
        }
        return MethodSpec.methodBuilder("place").addModifiers(Modifier.PRIVATE).addCode(code.build()).build();
    }

    /// Products and attention compute rows in fours and panels as a whole, convolutions whole vectors, so they read and write
    /// a little past the end.
    static Dim slack(KernelPlan plan) {
        return plan.kernels().stream().flatMap(WorkspaceClass::rowStrides).reduce(Dim.ZERO, Dim::max).times(4);
    }

    private static Stream<Dim> rowStrides(Kernel kernel) {
        return switch (kernel) {
            case ProductKernel product ->
                    Stream.concat(Stream.of(product.input(), product.output()), product.residual().stream())
                            .map(Matrix::rowStride);
            case AttentionKernel attention -> Stream.of(attention.key().stride(1), WIDEST_VECTOR);
            case ConvKernel conv -> Stream.of(WIDEST_VECTOR);
            default -> Stream.empty();
        };
    }

    private MethodSpec scratchMethod() {
        var code = CodeBlock.builder();
        code.addStatement("int floats = 0");
        code.addStatement("int arrays = 0");
        code.addStatement("int width = 0");
        code.beginControlFlow("if (vector)");
        needs(code, vector);
        code.nextControlFlow("else");
        needs(code, scalar);
        code.endControlFlow();
        code.beginControlFlow("for (int worker = 0; worker < scratch.length; worker++)");
        code.beginControlFlow("if (scratch[worker].length < floats)");
        code.addStatement("scratch[worker] = new float[floats]");
        code.endControlFlow();
        code.addStatement("final float[][] rows = scratchRows[worker]");
        code.beginControlFlow("if (rows.length < arrays || (arrays > 0 && rows[0].length < width))");
        code.addStatement(
                "scratchRows[worker] = new float[Math.max(arrays, rows.length)]"
                        + "[rows.length == 0 ? width : Math.max(width, rows[0].length)]");
        code.endControlFlow();
        code.endControlFlow();
        return MethodSpec.methodBuilder("makeScratch")
                .addModifiers(Modifier.PRIVATE)
                .addParameter(boolean.class, "vector")
                .addCode(code.build())
                .build();
    }

    private void needs(CodeBlock.Builder code, Scratch scratch) {
        for (Dim dim : scratch.floats()) {
            code.addStatement("floats = Math.max(floats, $L)", local(dim));
        }
        for (KernelMethod.ScratchRows rows : scratch.rows()) {
            code.addStatement("arrays = Math.max(arrays, $L)", local(rows.count()));
            code.addStatement("width = Math.max(width, $L)", local(rows.width()));
        }
    }

    private String local(Dim dim) {
        return dim.isKnown() ? Long.toString(dim.known()) : sizes.field(dim);
    }
}
