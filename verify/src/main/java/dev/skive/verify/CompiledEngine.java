package dev.skive.verify;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.data.Elements;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.eval.Datum;
import dev.skive.ir.eval.NoDatum;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.eval.TensorSequence;
import dev.skive.ir.type.ElementType;
import dev.skive.runtime.BooleanTensor;
import dev.skive.runtime.ByteTensor;
import dev.skive.runtime.DoubleTensor;
import dev.skive.runtime.ElementKind;
import dev.skive.runtime.FloatTensor;
import dev.skive.runtime.IntTensor;
import dev.skive.runtime.LongTensor;
import dev.skive.runtime.Missing;
import dev.skive.runtime.Model;
import dev.skive.runtime.PackedTensor;
import dev.skive.runtime.ShortTensor;
import dev.skive.runtime.StringTensor;
import dev.skive.runtime.Value;
import java.lang.foreign.MemorySegment;
import java.util.Map;

/// A generated class, through the interface all of them have. Closing the engine closes the model.
///
/// @param name what reports call it
/// @param model the generated class
public record CompiledEngine(String name, Model model) implements Engine {
    /// An engine that is called after its kernels.
    public CompiledEngine(Model model) {
        this("skive (" + model.instructionSet() + ")", model);
    }

    @Override
    public ImmutableMap<String, Tensor> run(Map<String, Tensor> inputs) {
        try {
            return ImmutableMap.copyOf(Maps.transformValues(model.run(arguments(inputs)), CompiledEngine::fromRuntime));
        } catch (IllegalArgumentException refused) {
            throw new SkiveException(
                    ExitCode.USAGE, "the compiled model refused its inputs: " + refused.getMessage(), refused);
        }
    }

    @Override
    public ImmutableMap<String, Datum> evaluate(Map<String, Datum> inputs) {
        try {
            Map<String, Value> given = ImmutableMap.copyOf(Maps.transformValues(inputs, CompiledEngine::toRuntime));
            return ImmutableMap.copyOf(Maps.transformValues(model.evaluate(given), CompiledEngine::fromRuntime));
        } catch (IllegalArgumentException refused) {
            throw new SkiveException(
                    ExitCode.USAGE, "the compiled model refused its inputs: " + refused.getMessage(), refused);
        }
    }

    private static Value toRuntime(Datum datum) {
        return switch (datum) {
            case Tensor tensor -> toRuntime(tensor);
            case TensorSequence(var tensors) ->
                    new dev.skive.runtime.TensorSequence(
                            tensors.stream()
                                    .map(CompiledEngine::toRuntime)
                                    .collect(ImmutableList.<dev.skive.runtime.Tensor>toImmutableList()));
            case NoDatum() -> new Missing();
        };
    }

    private static Datum fromRuntime(Value value) {
        return switch (value) {
            case dev.skive.runtime.Tensor tensor -> fromRuntime(tensor);
            case dev.skive.runtime.TensorSequence(var tensors) ->
                    new TensorSequence(
                            tensors.stream()
                                    .map(CompiledEngine::fromRuntime)
                                    .collect(ImmutableList.<Tensor>toImmutableList()));
            case Missing() -> new NoDatum();
        };
    }

    /// Inputs as a generated class takes them, in arrays where callers usually have arrays.
    public static ImmutableMap<String, dev.skive.runtime.Tensor> arguments(Map<String, Tensor> inputs) {
        return ImmutableMap.copyOf(Maps.transformValues(inputs, CompiledEngine::toRuntime));
    }

    private static dev.skive.runtime.Tensor toRuntime(Tensor tensor) {
        if (tensor.element() == ElementType.STRING) {
            return StringTensor.of(tensor.text().toArray(String[]::new), tensor.sizes());
        }
        MemorySegment bytes = tensor.toData().bytes();
        ElementKind kind = ElementKind.of(tensor.element().text());
        long[] shape = tensor.sizes();
        return switch (kind) {
            case F32 -> FloatTensor.of(bytes.toArray(Elements.FLOAT), shape);
            case F64 -> DoubleTensor.of(bytes.toArray(Elements.DOUBLE), shape);
            case I64, U64 -> LongTensor.of(kind, bytes.toArray(Elements.LONG), shape);
            case I32, U32 -> IntTensor.of(kind, bytes.toArray(Elements.INT), shape);
            case I16, U16, F16, BF16 -> ShortTensor.of(kind, bytes, shape);
            case I8, U8, F8E4M3FN, F8E4M3FNUZ, F8E5M2, F8E5M2FNUZ, F8E8M0 -> ByteTensor.of(kind, bytes, shape);
            case I4, U4, I2, U2, F4E2M1 -> PackedTensor.of(kind, bytes, shape);
            case BOOL -> BooleanTensor.of(bytes, shape);
            default -> throw new IllegalArgumentException("no tensor class holds " + kind.text());
        };
    }

    private static Tensor fromRuntime(dev.skive.runtime.Tensor tensor) {
        if (tensor instanceof StringTensor strings) {
            return Tensor.ofText(ImmutableList.copyOf(strings.values()), strings.shape());
        }
        ElementType element =
                ElementType.parse(tensor.kind().text())
                        .orElseThrow(() -> new AssertionError("no element type for " + tensor.kind()));
        return Tensor.of(TensorData.wrap(element, tensor.shape(), tensor.segment()));
    }

    @Override
    public void close() {
        model.close();
    }
}
