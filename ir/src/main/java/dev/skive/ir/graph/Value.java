package dev.skive.ir.graph;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.op.Absent;
import dev.skive.ir.op.Constant;
import dev.skive.ir.type.AbsentType;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.TensorType;
import dev.skive.ir.type.Type;
import dev.skive.ir.type.TypeError;
import java.util.Optional;

/// One result of a node.
///
/// @param node the node that computes it
/// @param index which of the node's results
public record Value(Node node, int index) {
    /// The value that stands for an operand left out.
    public static final Value ABSENT = new Node(new Absent(), ImmutableList.of()).result();

    /// The type.
    public Type type() {
        return node.types().get(index);
    }

    /// True for an operand that was left out.
    public boolean isAbsent() {
        return type() instanceof AbsentType;
    }

    /// The type of a value that must be a tensor.
    ///
    /// @throws TypeError when it is not
    public TensorType tensor() {
        return switch (type()) {
            case TensorType tensor -> tensor;
            case Type other -> throw new TypeError("expected a tensor, found " + other);
        };
    }

    /// The shape of a tensor.
    public Shape shape() {
        return tensor().shape();
    }

    /// The elements as sizes, for small integer tensors of rank 0 or 1 whose elements are known sizes.
    public Optional<ImmutableList<Dim>> contents() {
        return node.contents();
    }

    /// The data when this is a constant.
    public Optional<TensorData> constant() {
        return node.op() instanceof Constant(TensorData data) ? Optional.of(data) : Optional.empty();
    }

    @Override
    public String toString() {
        return node.op().mnemonic() + "." + index + " " + type();
    }
}
