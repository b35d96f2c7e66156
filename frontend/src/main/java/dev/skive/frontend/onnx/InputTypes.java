package dev.skive.frontend.onnx;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.skive.frontend.onnx.file.OnnxTypes;
import dev.skive.frontend.onnx.proto.TensorProto;
import dev.skive.frontend.onnx.proto.TensorShapeProto;
import dev.skive.frontend.onnx.proto.TypeProto;
import dev.skive.frontend.onnx.proto.ValueInfoProto;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.OptionalType;
import dev.skive.ir.type.SequenceType;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.TensorType;
import dev.skive.ir.type.Type;
import dev.skive.ir.type.UnrankedType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The types of a graph's inputs: as declared, with open sizes named after input and axis, and with the shapes the user
/// gave in their place. A symbol whose size the user gave has that size wherever it occurs.
final class InputTypes {
    private final ImportOptions options;
    private final Diagnostics diagnostics;
    private final List<ValueInfoProto> inputs;
    private final ImmutableSet<String> split;
    private final Map<String, Dim> bindings = new HashMap<>();

    InputTypes(List<ValueInfoProto> inputs, ImportOptions options, Diagnostics diagnostics) {
        this.inputs = inputs;
        this.options = options;
        this.diagnostics = diagnostics;
        this.split = SharedSymbols.find(inputs);
        split.forEach(symbol ->
                diagnostics.warn(
                        "inputs give the size '%s' to their first axis and to later ones; the later ones are taken as '%s.1' and so on"
                                .formatted(symbol, symbol)));
    }

    /// The types by name, in order.
    ///
    /// @throws SkiveException when a type is not supported, or the shapes given do not fit
    ImmutableMap<String, Type> byName() {
        var declared = new java.util.LinkedHashMap<String, Type>();
        inputs.forEach(input -> declared.put(input.getName(), type(input)));
        options.inputShapes().keySet().stream()
                .filter(name -> !declared.containsKey(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new SkiveException(
                            ExitCode.USAGE,
                            "a shape is given for input '%s', but the inputs are %s"
                                    .formatted(name, declared.keySet()));
                });
        var types = ImmutableMap.<String, Type>builder();
        declared.forEach((name, type) ->
                types.put(
                        name,
                        type instanceof TensorType tensor
                                ? tensor.withShape(tensor.shape().substitute(bindings))
                                : type));
        return types.buildOrThrow();
    }

    private Type type(ValueInfoProto input) {
        return type(input, input.getType());
    }

    private Type type(ValueInfoProto input, TypeProto type) {
        return switch (type.getValueCase()) {
            case TENSOR_TYPE -> tensor(input, type);
            case SEQUENCE_TYPE -> new SequenceType(member(input, type.getSequenceType().getElemType()));
            case OPTIONAL_TYPE -> new OptionalType(member(input, type.getOptionalType().getElemType()));
            default -> throw invalid(input, "values of kind %s are not supported".formatted(type.getValueCase()));
        };
    }

    /// The type of what a sequence or an optional holds; its sizes say nothing about other inputs.
    private Type member(ValueInfoProto input, TypeProto type) {
        if (!type.hasTensorType()) {
            return type(input, type);
        }
        ElementType element = element(input, type);
        if (!type.getTensorType().hasShape()) {
            return new UnrankedType(element);
        }
        var dims = ImmutableList.<Dim>builder();
        for (int axis = 0; axis < type.getTensorType().getShape().getDimCount(); axis++) {
            TensorShapeProto.Dimension dim = type.getTensorType().getShape().getDim(axis);
            dims.add(dim.getDimValue() > 0 ? Dim.of(dim.getDimValue()) : Dim.symbol(input.getName() + "." + axis));
        }
        return new TensorType(element, new Shape(dims.build()));
    }

    private static ElementType element(ValueInfoProto input, TypeProto type) {
        int number = type.getTensorType().getElemType();
        return OnnxTypes.element(number).orElseThrow(() -> invalid(input, "unknown element type %d".formatted(number)));
    }

    private TensorType tensor(ValueInfoProto input, TypeProto type) {
        ElementType element = element(input, type);
        Shape given = options.inputShapes().get(input.getName());
        if (!type.getTensorType().hasShape()) {
            if (given == null) {
                throw invalid(
                        input,
                        "no shape is declared, not even a rank; give one with --input-shapes '%s:[...]'"
                                .formatted(input.getName()));
            }
            return new TensorType(element, given);
        }
        Shape declared = declared(input, type.getTensorType().getShape());
        if (given != null) {
            bind(input, declared, given);
        }
        return new TensorType(element, given == null ? declared : given);
    }

    private void bind(ValueInfoProto input, Shape declared, Shape given) {
        if (declared.rank() != given.rank()) {
            throw new SkiveException(
                    ExitCode.USAGE,
                    "input '%s' has shape %s, the shape given is %s".formatted(input.getName(), declared, given));
        }
        for (int axis = 0; axis < given.rank(); axis++) {
            Dim size = given.dim(axis);
            Dim old = declared.dim(axis).asSymbol().map(symbol -> bindings.put(symbol, size)).orElse(null);
            if (old != null && old.differsFrom(size)) {
                throw new SkiveException(
                        ExitCode.USAGE,
                        "the shapes given make size '%s' both %s and %s".formatted(declared.dim(axis), old, size));
            }
        }
    }

    private Shape declared(ValueInfoProto input, TensorShapeProto shape) {
        var dims = ImmutableList.<Dim>builder();
        for (int axis = 0; axis < shape.getDimCount(); axis++) {
            dims.add(dim(input, axis, shape.getDim(axis)));
        }
        return new Shape(dims.build());
    }

    private Dim dim(ValueInfoProto input, int axis, TensorShapeProto.Dimension dim) {
        if (SharedSymbols.isName(dim.getDimParam())) {
            boolean apart = axis > 0 && split.contains(dim.getDimParam());
            return Dim.symbol(apart ? dim.getDimParam() + "." + axis : dim.getDimParam());
        }
        String name = input.getName() + "." + axis;
        if (isEmptyList(input, dim)) {
            return Dim.ZERO;
        }
        if (dim.hasDimValue() && dim.getDimValue() <= 0) {
            diagnostics.warn(
                    "input '%s' declares size %d for axis %d; taken as unknown, named '%s'"
                            .formatted(input.getName(), dim.getDimValue(), axis, name));
        }
        return dim.getDimValue() > 0 ? Dim.of(dim.getDimValue()) : Dim.symbol(name);
    }

    /// True for a list of integers, such as axes, that is declared empty. On other inputs exporters write 0 where they do
    /// not know a size.
    private static boolean isEmptyList(ValueInfoProto input, TensorShapeProto.Dimension dim) {
        TypeProto.Tensor type = input.getType().getTensorType();
        return dim.hasDimValue()
                && dim.getDimValue() == 0
                && type.getShape().getDimCount() == 1
                && type.getElemType() == TensorProto.DataType.INT64_VALUE;
    }

    private static SkiveException invalid(ValueInfoProto input, String problem) {
        return new SkiveException(ExitCode.INVALID_MODEL, "input '%s': %s".formatted(input.getName(), problem));
    }
}
