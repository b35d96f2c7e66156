package dev.skive.codegen.emit;

import com.google.common.collect.ImmutableList;
import com.palantir.javapoet.CodeBlock;
import dev.skive.ir.op.Resize;
import dev.skive.ir.op.ScalarExpr;
import dev.skive.ir.op.ScalarFunction;
import dev.skive.ir.type.ElementType;
import java.util.List;

/// Sums in `double` of elements of any type.
final class SumCode {
    private SumCode() {}

    /// An element in storage as a `double`.
    static String load(String element, ElementType type) {
        ScalarExpr converted = new ScalarExpr.Convert(ElementType.FLOAT64, ScalarExpr.argument(0));
        return new ScalarCode(List.of(ScalarCode.load(element, type)), ImmutableList.of(type), ElementType.FLOAT64)
                .print(converted)
                .toString();
    }

    /// A `double` variable as it is stored; integers are cut towards zero and kept within the type.
    static CodeBlock store(String sum, ElementType type) {
        var code = new ScalarCode(List.of(sum), ImmutableList.of(ElementType.FLOAT64), ElementType.FLOAT64);
        ScalarExpr value = ScalarExpr.argument(0);
        if (!type.isReal()) {
            ScalarExpr least = ScalarExpr.literal(Resize.leastOf(type));
            ScalarExpr most = ScalarExpr.literal(Resize.mostOf(type));
            value = ScalarExpr.apply(ScalarFunction.MAXIMUM, value, least);
            value = ScalarExpr.apply(ScalarFunction.MINIMUM, value, most);
        }
        return code.stored(new ScalarExpr.Convert(type, value), type);
    }
}
