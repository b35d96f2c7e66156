package dev.skive.frontend.onnx;

import com.google.common.collect.ImmutableSet;
import dev.skive.frontend.onnx.file.OnnxTypes;
import dev.skive.frontend.onnx.proto.TensorShapeProto;
import dev.skive.frontend.onnx.proto.TypeProto;
import dev.skive.frontend.onnx.proto.ValueInfoProto;
import dev.skive.ir.graph.Value;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.TensorType;
import java.util.Map;

/// Compares the types a model declares for its values with those that follow from its operators. Many exporters declare
/// wrong ones, so a contradiction is a warning.
///
/// @param symbols the symbols of the inputs
/// @param diagnostics where warnings go
record DeclaredTypes(ImmutableSet<String> symbols, Diagnostics diagnostics) {
    private static final int SHOWN = 3;

    /// Compares one output.
    void checkOutput(ValueInfoProto declared, Value value) {
        if (contradicts(declared.getType(), value)) {
            diagnostics.warn(
                    "output '%s' is declared as %s, but has type %s"
                            .formatted(declared.getName(), print(declared.getType().getTensorType()), value.type()));
        }
    }

    /// Compares the intermediate values.
    void checkValues(Iterable<ValueInfoProto> declarations, Map<String, Value> values) {
        int wrong = 0;
        for (ValueInfoProto declared : declarations) {
            Value value = values.get(declared.getName());
            if (value != null && contradicts(declared.getType(), value)) {
                wrong++;
                if (wrong <= SHOWN) {
                    diagnostics.warn(
                            "value '%s' is declared as %s, but has type %s"
                                    .formatted(
                                            declared.getName(),
                                            print(declared.getType().getTensorType()),
                                            value.type()));
                }
            }
        }
        if (wrong > SHOWN) {
            diagnostics.warn("%d more values are declared with wrong types".formatted(wrong - SHOWN));
        }
    }

    private boolean contradicts(TypeProto declared, Value value) {
        if (!declared.hasTensorType() || !(value.type() instanceof TensorType type)) {
            return false;
        }
        TypeProto.Tensor tensor = declared.getTensorType();
        if (tensor.getElemType() != 0 && tensor.getElemType() != OnnxTypes.number(type.element())) {
            return true;
        }
        if (!tensor.hasShape()) {
            return false;
        }
        if (tensor.getShape().getDimCount() != type.shape().rank()) {
            return true;
        }
        for (int axis = 0; axis < type.shape().rank(); axis++) {
            if (contradicts(tensor.getShape().getDim(axis), type.shape().dim(axis))) {
                return true;
            }
        }
        return false;
    }

    /// A name that no input uses says nothing about a size.
    private boolean contradicts(TensorShapeProto.Dimension declared, Dim dim) {
        if (declared.hasDimParam()) {
            return symbols.contains(declared.getDimParam()) && !dim.equals(Dim.symbol(declared.getDimParam()));
        }
        return declared.getDimValue() > 0 && dim.differsFrom(Dim.of(declared.getDimValue()));
    }

    private static String print(TypeProto.Tensor tensor) {
        var text = new StringBuilder(OnnxTypes.element(tensor.getElemType()).map(Object::toString).orElse("?"));
        String separator = "[";
        for (TensorShapeProto.Dimension dim : tensor.getShape().getDimList()) {
            text.append(separator).append(dim.hasDimParam() ? dim.getDimParam() : Long.toString(dim.getDimValue()));
            separator = ",";
        }
        return text.append(separator.equals("[") ? "[]" : "]").toString();
    }
}
