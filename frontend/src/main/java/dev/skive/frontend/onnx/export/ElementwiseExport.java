package dev.skive.frontend.onnx.export;

import dev.skive.frontend.onnx.file.OnnxTypes;
import dev.skive.ir.op.BitCast;
import dev.skive.ir.op.BitShift;
import dev.skive.ir.op.BitwiseAnd;
import dev.skive.ir.op.BitwiseOr;
import dev.skive.ir.op.BitwiseXor;
import dev.skive.ir.op.Cast;
import dev.skive.ir.op.Elementwise;
import dev.skive.ir.op.Gelu;
import dev.skive.ir.op.Mod;
import dev.skive.ir.op.Quantization;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.FloatFormat;
import java.util.List;

/// Elementwise operators; most have one name in the IR and in ONNX.
final class ElementwiseExport {
    /// First opset with `Gelu`.
    private static final int GELU = 20;

    /// First opset with operators on bits.
    private static final int BITWISE = 18;

    private static final int BIT_CAST = 26;

    private ElementwiseExport() {}

    static String write(Elementwise op, NodeWriter writer) {
        return switch (op) {
            case Cast(ElementType to) when to == ElementType.FLOAT8E5M2 && isReal(writer) -> narrow(to, writer);
            case Cast(ElementType to) ->
                    writer.add("Cast", writer.operands(), OnnxAttributes.integer("to", OnnxTypes.number(to)));
            case Gelu(Gelu.Form form) when writer.opset() >= GELU ->
                    writer.add(
                            "Gelu",
                            writer.operands(),
                            OnnxAttributes.text("approximate", form == Gelu.Form.ERF ? "none" : "tanh"));
            case Gelu(Gelu.Form form) -> form == Gelu.Form.ERF ? exactGelu(writer) : tanhGelu(writer);
            case BitCast(ElementType to) -> bitCast(to, writer);
            case BitShift(boolean left) ->
                    writer.add(
                            "BitShift", writer.operands(), OnnxAttributes.text("direction", left ? "LEFT" : "RIGHT"));
            case Mod(boolean truncated) ->
                    writer.add("Mod", writer.operands(), OnnxAttributes.integer("fmod", truncated ? 1 : 0));
            case BitwiseAnd and -> bitwise("BitwiseAnd", writer);
            case BitwiseOr or -> bitwise("BitwiseOr", writer);
            case BitwiseXor xor -> bitwise("BitwiseXor", writer);
            case Quantization quantization -> QuantizationExport.write(quantization, writer);
            default -> writer.add(op.getClass().getSimpleName(), writer.operands());
        };
    }

    private static boolean isReal(NodeWriter writer) {
        return writer.node().operand(0).tensor().element().isReal();
    }

    /// The saturating cast of ONNX has no infinity, and the other one has it for large numbers too.
    private static String narrow(ElementType to, NodeWriter writer) {
        String x = writer.operand(0);
        double greatest = FloatFormat.of(to).greatest();
        String limited =
                writer.add("Min", writer.add("Max", x, writer.scalar(0, -greatest)), writer.scalar(0, greatest));
        String infinite = writer.add("Equal", writer.add("Abs", x), writer.scalar(0, Double.POSITIVE_INFINITY));
        return writer.add(
                "Cast",
                List.of(writer.add("Where", infinite, x, limited)),
                OnnxAttributes.integer("to", OnnxTypes.number(to)),
                OnnxAttributes.integer("saturate", 0));
    }

    private static String bitCast(ElementType to, NodeWriter writer) {
        writer.since(BIT_CAST, "BitCast");
        return writer.add("BitCast", writer.operands(), OnnxAttributes.integer("to", OnnxTypes.number(to)));
    }

    private static String bitwise(String type, NodeWriter writer) {
        writer.since(BITWISE, type);
        return writer.add(type, writer.operands());
    }

    /// In the order of operations that runtimes recognize.
    private static String exactGelu(NodeWriter writer) {
        String x = writer.operand(0);
        String erf = writer.add("Erf", writer.add("Div", x, writer.scalar(0, Math.sqrt(2))));
        String product = writer.add("Mul", x, writer.add("Add", erf, writer.scalar(0, 1)));
        return writer.add("Mul", product, writer.scalar(0, 0.5));
    }

    private static String tanhGelu(NodeWriter writer) {
        String x = writer.operand(0);
        String cube = writer.add("Pow", x, writer.scalar(0, 3));
        String inner = writer.add("Add", x, writer.add("Mul", cube, writer.scalar(0, 0.044715)));
        String tanh = writer.add("Tanh", writer.add("Mul", inner, writer.scalar(0, Math.sqrt(2 / Math.PI))));
        String half = writer.add("Mul", x, writer.scalar(0, 0.5));
        return writer.add("Mul", half, writer.add("Add", tanh, writer.scalar(0, 1)));
    }
}
