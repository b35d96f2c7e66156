package dev.skive.frontend.onnx.operator;

import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.TensorType;
import dev.skive.ir.type.Type;
import dev.skive.ir.type.UnrankedType;
import java.util.Optional;

/// What tensors of known and of unknown rank have in common.
final class TensorTypes {
    private TensorTypes() {}

    /// The element type of a tensor.
    static Optional<ElementType> element(Type type) {
        return switch (type) {
            case TensorType(var element, var shape) -> Optional.of(element);
            case UnrankedType(var element) -> Optional.of(element);
            default -> Optional.empty();
        };
    }
}
