package dev.skive.runtime;

import java.util.List;

/// What a model says about one of its inputs or outputs.
///
/// @param name the name in the model
/// @param kind what the elements are
/// @param dims the size of each axis as text: a number, or the name of a size that the caller chooses
/// @param form what kind of value it is; for other forms than a tensor, `kind` and `dims` are those of its tensors
public record TensorInfo(String name, ElementKind kind, List<String> dims, Form form) {
    /// What kind of value goes in or comes out.
    public enum Form {
        /// A tensor with a known number of axes.
        TENSOR("%s%s"),
        /// A tensor with any number of axes.
        UNRANKED("%s[...]"),
        /// A sequence of tensors.
        SEQUENCE("seq(%s%s)"),
        /// A tensor, or nothing.
        OPTIONAL("optional(%s%s)"),
        /// A sequence of tensors, or nothing.
        OPTIONAL_SEQUENCE("optional(seq(%s%s))");

        private final String text;

        Form(String text) {
            this.text = text;
        }
    }

    public TensorInfo {
        dims = List.copyOf(dims);
    }

    /// A tensor with a known number of axes.
    public TensorInfo(String name, ElementKind kind, List<String> dims) {
        this(name, kind, dims, Form.TENSOR);
    }

    /// True when a value is of this form and kind; sizes are not looked at.
    public boolean accepts(Value value) {
        return switch (value) {
            case Tensor tensor ->
                    tensor.kind() == kind
                            && form != Form.SEQUENCE
                            && form != Form.OPTIONAL_SEQUENCE
                            && (form != Form.TENSOR || tensor.rank() == dims.size());
            case TensorSequence(var tensors) ->
                    (form == Form.SEQUENCE || form == Form.OPTIONAL_SEQUENCE)
                            && tensors.stream().allMatch(tensor -> tensor.kind() == kind);
            case Missing missing -> form == Form.OPTIONAL || form == Form.OPTIONAL_SEQUENCE;
        };
    }

    /// The type as in the model language: `i64[batch, sequence]`.
    public String type() {
        return form.text.formatted(kind.text(), dims);
    }

    /// As in the model language: `input_ids: i64[batch, sequence]`.
    @Override
    public String toString() {
        return name + ": " + type();
    }
}
