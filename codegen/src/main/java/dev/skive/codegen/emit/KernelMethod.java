package dev.skive.codegen.emit;

import com.google.common.collect.ImmutableList;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import dev.skive.codegen.memory.MemoryPlan;
import dev.skive.codegen.memory.Slot;
import dev.skive.codegen.plan.Buffer;
import dev.skive.codegen.plan.View;
import dev.skive.codegen.plan.Weight;
import dev.skive.ir.type.Dim;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The method of one kernel while it is written. Whatever differs between two kernels of the same kind (where tensors
/// lie, which weights) becomes a parameter, so that equal kernels share one method.
final class KernelMethod {
    private final MemoryPlan memory;
    private final SizeNames sizes;
    private final CodeBlock.Builder code = CodeBlock.builder();
    private final Map<String, Argument> parameters = new LinkedHashMap<>();
    private final List<MethodSpec> helpers = new ArrayList<>();
    private final List<FieldSpec> constants = new ArrayList<>();
    private final List<Dim> scratch = new ArrayList<>();
    private final List<ScratchRows> scratchRows = new ArrayList<>();

    /// Scratch arrays of one worker.
    ///
    /// @param count how many
    /// @param width elements of each
    record ScratchRows(Dim count, Dim width) {}

    KernelMethod(MemoryPlan memory, SizeNames sizes) {
        this.memory = memory;
        this.sizes = sizes;
    }

    /// Makes the offset of a view a parameter with this name.
    ///
    /// @return the name
    String offset(String name, View view) {
        Buffer buffer = view.buffer();
        Argument argument =
                buffer.isConstant()
                        ? new Argument.InConstants(Math.toIntExact(constantStart(buffer) + view.offset().known()))
                        : new Argument.InSlot(slot(buffer), view.offset());
        parameters.put(name, argument);
        return name;
    }

    private int constantStart(Buffer buffer) {
        Integer start = memory.constants().get(buffer);
        if (start == null) {
            throw new AssertionError("constant without a place: " + buffer.name());
        }
        return start;
    }

    private Slot slot(Buffer buffer) {
        var slot = memory.placement().get(buffer);
        if (slot == null) {
            throw new AssertionError("temporary without a place: " + buffer.name());
        }
        return slot;
    }

    /// Makes the number of a weight a parameter with this name.
    ///
    /// @return the name
    String weight(String name, Weight weight) {
        parameters.put(name, new Argument.OfWeight(weight.index()));
        return name;
    }

    /// The Java array a view lies in.
    String array(View view) {
        String field = view.buffer().storage().field();
        return view.buffer().isConstant() ? "w.constants." + field + "()" : "w." + field;
    }

    /// A size as a Java expression.
    String size(Dim dim) {
        return sizes.use(dim);
    }

    /// ` + index * stride`, or nothing where the stride is 0.
    String step(String index, Dim stride) {
        if (stride.is(0)) {
            return "";
        }
        return " + " + index + (stride.is(1) ? "" : " * " + size(stride));
    }

    /// The body.
    CodeBlock.Builder code() {
        return code;
    }

    /// Adds a method that the body calls; equal ones are emitted once per class.
    void helper(MethodSpec method) {
        helpers.add(method);
    }

    /// The helpers added so far.
    ImmutableList<MethodSpec> helpers() {
        return ImmutableList.copyOf(helpers);
    }

    /// Adds a constant that the body uses; each name stands for one.
    void constant(FieldSpec field) {
        constants.add(field);
    }

    /// The constants added so far.
    ImmutableList<FieldSpec> constants() {
        return ImmutableList.copyOf(constants);
    }

    /// Asks for scratch space of this worker, `count` floats.
    ///
    /// @return the Java array
    String scratch(Dim count) {
        scratch.add(count);
        sizes.use(count);
        return "w.scratch[worker.index()]";
    }

    /// Asks for scratch arrays of this worker.
    ///
    /// @return the Java array of arrays
    String scratchRows(Dim count, Dim width) {
        scratchRows.add(new ScratchRows(count, width));
        sizes.use(count);
        sizes.use(width);
        return "w.scratchRows[worker.index()]";
    }

    /// The scratch space asked for.
    ImmutableList<Dim> scratch() {
        return ImmutableList.copyOf(scratch);
    }

    /// The scratch arrays asked for.
    ImmutableList<ScratchRows> scratchRows() {
        return ImmutableList.copyOf(scratchRows);
    }

    /// The names of the parameters, in order.
    ImmutableList<String> parameters() {
        return ImmutableList.copyOf(parameters.keySet());
    }

    /// What this kernel passes for the parameters.
    ImmutableList<Argument> arguments() {
        return ImmutableList.copyOf(parameters.values());
    }
}
