package dev.skive.codegen.emit;

import com.google.common.collect.ImmutableList;
import com.palantir.javapoet.CodeBlock;
import dev.skive.ir.type.ElementType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// A loop over the units of a recurrent operator, on vectors where the formula allows it.
///
/// @param formula what is computed per unit
/// @param states the Java array results are stored in
/// @param units how many units there are
/// @param element the type that is computed in
record CellLoop(CellFormula formula, String states, String units, ElementType element) {
    void emit(CodeBlock.Builder code, boolean onVectors) {
        code.beginControlFlow("");
        code.addStatement("int j = 0");
        if (onVectors && element == ElementType.FLOAT32 && isVectorizable()) {
            vectors(code);
        }
        rest(code);
        code.endControlFlow();
    }

    private boolean isVectorizable() {
        return formula.values().stream().allMatch(value -> VectorExpression.supports(value.expression()));
    }

    private void vectors(CodeBlock.Builder code) {
        code.beginControlFlow("for (; j + LANES <= $L; j += LANES)", units);
        for (CellFormula.Load load : formula.loads()) {
            code.addStatement(
                    "final $1T $2L = $1T.fromArray(SPECIES, $3L, $4L + j)",
                    VectorCode.VECTOR,
                    load.name(),
                    load.array(),
                    load.place());
        }
        List<String> arguments = new ArrayList<>(formula.loads().stream().map(CellFormula.Load::name).toList());
        var writer = new VectorExpression(code, arguments);
        for (CellFormula.Computed value : formula.values()) {
            String result = writer.write(value.expression());
            arguments.add(result);
            value.place().ifPresent(place -> code.addStatement("$L.intoArray($L, $L + j)", result, states, place));
        }
        code.endControlFlow();
    }

    private void rest(CodeBlock.Builder code) {
        List<String> names = formula.names();
        ImmutableList<ElementType> types = ImmutableList.copyOf(Collections.nCopies(names.size(), element));
        var scalar = new ScalarCode(names, types, element);
        String type = ScalarCode.javaType(element);
        code.beginControlFlow("for (; j < $L; j++)", units);
        for (CellFormula.Load load : formula.loads()) {
            code.addStatement("final $L $L = $L[$L + j]", type, load.name(), load.array(), load.place());
        }
        for (CellFormula.Computed value : formula.values()) {
            code.addStatement("final $L $L = $L", type, value.name(), scalar.print(value.expression()));
            value.place().ifPresent(place -> code.addStatement("$L[$L + j] = $L", states, place, value.name()));
        }
        code.endControlFlow();
    }
}
