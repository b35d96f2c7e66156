package dev.skive.frontend.onnx.export;

import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.op.Dynamic;
import dev.skive.ir.op.If;
import dev.skive.ir.op.Loop;
import dev.skive.ir.op.NonZero;
import dev.skive.ir.op.Reshaping;
import dev.skive.ir.op.Search;

/// Operators whose course depends on data.
final class DynamicExport {
    private DynamicExport() {}

    static String write(Dynamic op, NodeWriter writer) {
        return switch (op) {
            case NonZero find -> writer.add("NonZero", writer.operand(0));
            case Reshaping reshaping -> ReshapingExport.write(reshaping, writer);
            case Search search -> SearchExport.write(search, writer);
            case If branch -> throw notYet("If");
            case Loop loop -> throw notYet("Loop");
        };
    }

    private static SkiveException notYet(String operator) {
        return new SkiveException(ExitCode.INVALID_MODEL, operator + " cannot be exported yet");
    }
}
