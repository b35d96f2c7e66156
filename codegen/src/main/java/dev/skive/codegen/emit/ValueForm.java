package dev.skive.codegen.emit;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.type.AbsentType;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.OptionalType;
import dev.skive.ir.type.SequenceType;
import dev.skive.ir.type.TensorType;
import dev.skive.ir.type.Type;
import dev.skive.ir.type.UnrankedType;

/// A type as the runtime describes it.
///
/// @param form name of the runtime's form
/// @param element element type of its tensors
/// @param dims sizes of its tensors
record ValueForm(String form, ElementType element, ImmutableList<String> dims) {
    static ValueForm of(Type type) {
        return switch (type) {
            case TensorType(var element, var shape) ->
                    new ValueForm(
                            "TENSOR",
                            element,
                            shape.dims().stream().map(Object::toString).collect(ImmutableList.toImmutableList()));
            case UnrankedType(var element) -> new ValueForm("UNRANKED", element, ImmutableList.of());
            case SequenceType(var member) -> of(member).as("SEQUENCE");
            case OptionalType(SequenceType(var member)) -> of(member).as("OPTIONAL_SEQUENCE");
            case OptionalType(var content) -> of(content).as("OPTIONAL");
            case AbsentType absent -> throw new AssertionError("a value that is absent");
        };
    }

    private ValueForm as(String other) {
        return new ValueForm(other, element, dims);
    }
}
