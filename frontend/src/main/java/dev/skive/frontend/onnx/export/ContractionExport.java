package dev.skive.frontend.onnx.export;

import dev.skive.ir.op.Contraction;
import dev.skive.ir.op.Linear;
import dev.skive.ir.op.MatMul;
import dev.skive.ir.op.MatMulInteger;

/// Matrix products.
final class ContractionExport {
    private ContractionExport() {}

    static String write(Contraction op, NodeWriter writer) {
        return switch (op) {
            case MatMul product -> writer.add("MatMul", writer.operands());
            case MatMulInteger product -> QuantizationExport.matMulInteger(writer);
            case Linear linear when writer.has(2) && writer.shape(0).rank() == 2 ->
                    writer.add("Gemm", writer.operands());
            case Linear linear -> {
                String product = writer.add("MatMul", writer.operand(0), writer.operand(1));
                yield writer.has(2) ? writer.add("Add", product, writer.operand(2)) : product;
            }
        };
    }
}
