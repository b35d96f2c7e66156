package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.skive.ir.data.Elements;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Dequantize;
import dev.skive.ir.op.Gather;
import dev.skive.ir.op.MatMul;
import dev.skive.ir.op.MatMulInteger;
import dev.skive.ir.op.Quantize;
import dev.skive.ir.op.Reshape;
import dev.skive.ir.op.Slice;
import dev.skive.ir.op.Transpose;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import java.util.Optional;

/// Products of quantized matrices: exact in integers, then scaled.
final class QuantizedProducts {
    private QuantizedProducts() {}

    /// The importers by name.
    static ImmutableMap<String, NodeImporter> all() {
        return ImmutableMap.<String, NodeImporter>builder()
                .put("QLinearMatMul", single(QuantizedProducts::qLinearMatMul))
                .put("com.microsoft.DynamicQuantizeMatMul", single(QuantizedProducts::dynamicQuantizeMatMul))
                .put("com.microsoft.MatMulIntegerToFloat", single(QuantizedProducts::matMulIntegerToFloat))
                .put("com.microsoft.MatMulNBits", single(QuantizedProducts::matMulNBits))
                .put("com.microsoft.QGemm", single(QuantizedProducts::qGemm))
                .buildOrThrow();
    }

    private static NodeImporter single(NodeImporter.Single importer) {
        return importer;
    }

    private static Term product(NodeContext node, Value a, Value b, Value zeroA, Value zeroB) {
        return new Term(node, node.add(new MatMulInteger(), a, b, zeroA, zeroB));
    }

    /// A scale per tensor or per row of the left operand.
    private static Term rowScale(NodeContext node, int index) {
        return new Term(node, QuantizationImporters.rows(node, node.operand(index)));
    }

    /// A scale per tensor or per column of the right operand.
    private static Term columnScale(NodeContext node, int index) {
        return new Term(node, QuantizationImporters.columns(node, node.operand(index)));
    }

    private static Value qLinearMatMul(NodeContext node) {
        Value a = node.operand(0);
        Value b = node.operand(3);
        Term sum =
                product(
                        node,
                        a,
                        b,
                        QuantizationImporters.rowZero(node, a, 2),
                        QuantizationImporters.columnZero(node, b, 5));
        return requantized(sum, rowScale(node, 1).times(columnScale(node, 4)).over(rowScale(node, 6)), 7);
    }

    /// An integer sum times a factor, rounded, as integers with a zero point.
    static Value requantized(Term sum, Term factor, int zero) {
        NodeContext node = sum.node();
        Term real = sum.as(ElementType.FLOAT32).times(factor.as(ElementType.FLOAT32));
        Value point = QuantizationImporters.rows(node, node.operand(zero));
        return node.add(
                new Quantize(point.tensor().element()), real.value(), QuantizationImporters.number(node, 1), point);
    }

    private static Value matMulIntegerToFloat(NodeContext node) {
        Value a = node.operand(0);
        Value b = node.operand(1);
        Term sum =
                product(
                        node,
                        a,
                        b,
                        QuantizationImporters.rowZero(node, a, 4),
                        QuantizationImporters.columnZero(node, b, 5));
        Term scale = rowScale(node, 2).times(columnScale(node, 3));
        return biased(node, sum.as(scale.element()).times(scale), 6);
    }

    private static Value biased(NodeContext node, Term product, int bias) {
        return node.has(bias) ? product.plus(Term.operand(node, bias)).value() : product.value();
    }

    /// What `QAttention` takes queries, keys and values from.
    static Value attentionProduct(NodeContext node) {
        Value a = node.operand(0);
        Value b = node.operand(1);
        Term sum =
                product(
                        node,
                        a,
                        b,
                        QuantizationImporters.rowZero(node, a, 6),
                        QuantizationImporters.columnZero(node, b, 7));
        Term scale = new Term(node, Quantized.single(node, node.operand(3))).times(columnScale(node, 4));
        return biased(node, sum.as(ElementType.FLOAT32).times(scale), 2);
    }

    private static Value dynamicQuantizeMatMul(NodeContext node) {
        Value b = node.operand(1);
        ImmutableList<Value> a = QuantizationImporters.dynamicQuantize(node, node.operand(0));
        Term sum = product(node, a.get(0), b, a.get(2), QuantizationImporters.columnZero(node, b, 3));
        Term scale = new Term(node, a.get(1)).times(columnScale(node, 2));
        return biased(node, sum.as(ElementType.FLOAT32).times(scale), 4);
    }

    private static Value qGemm(NodeContext node) {
        Quantized a = Quantized.of(node, 0);
        Value left = transposed(node, a.integers(), "transA");
        Value right = transposed(node, node.operand(3), "transB");
        float alpha = node.attributes().real("alpha", 1);
        Term sum =
                product(
                        node,
                        left,
                        right,
                        Quantized.single(node, a.zero()),
                        QuantizationImporters.columnZero(node, right, 5));
        Term total = node.has(6) ? sum.plus(Term.operand(node, 6)) : sum;
        Term scale = rowScale(node, 1).times(columnScale(node, 4));
        Term factor = alpha == 1 ? scale : scale.times(alpha);
        return node.has(7)
                ? requantized(total, factor.over(new Term(node, Quantized.single(node, node.operand(7)))), 8)
                : total.as(ElementType.FLOAT32).times(factor).value();
    }

    private static Value transposed(NodeContext node, Value x, String attribute) {
        return node.attributes().flag(attribute, false) ? node.add(new Transpose(ImmutableList.of(1, 0)), x) : x;
    }

    /// `MatMulInteger16`: a product of 16-bit integers in 32 bits, which wraps around.
    static Value matMulInteger16(NodeContext node) {
        return node.add(
                new MatMul(),
                Term.operand(node, 0).as(ElementType.INT32).value(),
                Term.operand(node, 1).as(ElementType.INT32).value());
    }

    /// A matrix of 2, 4 or 8 bits in blocks along the inner axis: `[n, blocks, bytes]`, elements packed from the low bits.
    private static Value matMulNBits(NodeContext node) {
        int inner = Math.toIntExact(required(node, "K"));
        int columns = Math.toIntExact(required(node, "N"));
        int bits = Math.toIntExact(node.attributes().integer("bits", 4));
        int block = Math.toIntExact(required(node, "block_size"));
        // How products are computed inside, which is free.
        node.attributes().ignore("accuracy_level");
        node.attributes().ignore("weight_prepacked");
        if (bits != 2 && bits != 4 && bits != 8) {
            throw node.failure("attribute 'bits' must be 2, 4 or 8, found %s", bits);
        }
        int blocks = Math.ceilDiv(inner, block);
        ElementType element = bits == 2 ? ElementType.UINT2 : bits == 4 ? ElementType.UINT4 : ElementType.UINT8;
        TensorData packed = constant(node, 1);
        if (packed.count() != (long) columns * blocks * block * bits / 8) {
            throw node.failure("operand 1 %s does not hold %s x %s elements of %s bits", packed, columns, inner, bits);
        }
        Value weights =
                node.constant(TensorData.wrap(element, new long[] {columns, (long) blocks * block}, packed.bytes()));
        Value group = groups(node, inner, blocks * block, block);
        Value scales = spread(node, node.operand(2), columns, blocks, group);
        Value zeros = spread(node, zeroPoints(node, element, columns, blocks), columns, blocks, group);
        Value real = dequantized(node, weights, scales, zeros);
        Value used =
                inner == blocks * block ? real : node.add(Slice.along(real.shape(), 1, Dim.ZERO, Dim.of(inner)), real);
        Value matrix = node.add(new Transpose(ImmutableList.of(1, 0)), used);
        Term product = new Term(node, node.add(new MatMul(), node.operand(0), matrix));
        return biased(node, product, 5);
    }

    static Value dequantized(NodeContext node, Value weights, Value scales, Value zeros) {
        ElementType to = node.element(0);
        if (zeros.tensor().element().isReal()) {
            Term difference = new Term(node, weights).as(to).minus(new Term(node, zeros).as(to));
            return difference.times(new Term(node, scales).as(to)).value();
        }
        return node.add(new Dequantize(to), weights, scales, zeros);
    }

    private static long required(NodeContext node, String attribute) {
        return node.attributes()
                .integer(attribute)
                .orElseThrow(() -> node.failure("attribute '%s' is missing", attribute));
    }

    private static TensorData constant(NodeContext node, int index) {
        return node.operand(index)
                .constant()
                .orElseThrow(() -> node.failure("operand %s of %s must be constant", index, node.proto().getOpType()));
    }

    /// Which block each element of the inner axis belongs to.
    private static Value groups(NodeContext node, int inner, int padded, int block) {
        Optional<TensorData> given = node.has(4) ? Optional.of(constant(node, 4)) : Optional.empty();
        var indices = new long[padded];
        for (int k = 0; k < padded; k++) {
            indices[k] =
                    given.isPresent() && k < Math.min(inner, given.get().count()) ? given.get().getLong(k) : k / block;
        }
        return node.constant(TensorData.ofLongs(indices, padded));
    }

    private static Value spread(NodeContext node, Value perBlock, int columns, int blocks, Value group) {
        if (perBlock.shape().rank() == 0) {
            return perBlock;
        }
        Value matrix = node.add(new Reshape(Shape.of(columns, blocks).dims()), perBlock);
        return node.add(new Gather(1), matrix, group);
    }

    /// Zero points of the weights' type, each row of them packed into whole bytes, or real ones; the middle when there are
    /// none.
    private static Value zeroPoints(NodeContext node, ElementType element, int columns, int blocks) {
        if (!node.has(3)) {
            return node.constant(TensorData.scalar(element, 1 << (element.bits() - 1)));
        }
        if (node.element(3).isReal()) {
            return node.operand(3);
        }
        TensorData packed = constant(node, 3);
        long rowBytes = element.bytes(blocks);
        var zeros = new long[columns * blocks];
        for (int i = 0; i < zeros.length; i++) {
            var row = packed.bytes().asSlice(i / blocks * rowBytes, rowBytes);
            zeros[i] = Elements.getLong(element, row, i % blocks);
        }
        return node.constant(TensorData.ofIntegers(element, zeros, columns, blocks));
    }
}
