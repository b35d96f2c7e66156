package dev.skive.ir.type;

/// A tensor: element type and shape.
///
/// @param element the type of every element
/// @param shape the sizes, row-major
public record TensorType(ElementType element, Shape shape) implements Type {
    /// A type with the same shape and another element type.
    public TensorType withElement(ElementType other) {
        return new TensorType(other, shape);
    }

    /// A type with the same element type and another shape.
    public TensorType withShape(Shape other) {
        return new TensorType(element, other);
    }

    @Override
    public String toString() {
        return element + shape.toString();
    }
}
