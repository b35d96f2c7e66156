package dev.skive.frontend.onnx.export;

import com.google.common.collect.ImmutableList;
import dev.skive.frontend.onnx.proto.AttributeProto;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.op.Activation;
import dev.skive.ir.op.Gru;
import dev.skive.ir.op.Lstm;
import dev.skive.ir.op.Recurrent;
import dev.skive.ir.op.Rnn;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/// Recurrent operators, one ONNX node each, whose results are put one after the other.
///
/// @param op the operator
/// @param writer the node
record RecurrentExport(Recurrent op, NodeWriter writer) {
    private static final int BIAS = 3;

    String write() {
        String x = writer.operand(0);
        String w = weight(1);
        String r = weight(2);
        String lengths = writer.has(Recurrent.LENGTHS) ? lengths() : "";
        List<String> operands = new ArrayList<>(List.of(x, w, r, bias(), lengths, optional(Recurrent.INITIAL)));
        if (op instanceof Lstm) {
            operands.add(optional(Lstm.INITIAL_CELL));
            operands.add(optional(Lstm.PEEPHOLES));
        }
        while (operands.getLast().isEmpty()) {
            operands.removeLast();
        }
        ImmutableList<String> results = writer.nodes().add(type(), operands, 1 + op.states(), attributes());
        var parts = new ArrayList<>(results);
        parts.set(0, axis("Squeeze", results.getFirst(), 1));
        return writer.add("Concat", parts, OnnxAttributes.integer("axis", 0));
    }

    /// A weight the other way round. A constant is turned here, unless the model computed it from others: runtimes prepare
    /// the weights that are constants in the model, and then add up in another order.
    private String weight(int operand) {
        Optional<TensorData> constant = writer.node().operand(operand).constant();
        if (constant.isEmpty() || !writer.isOwn(operand)) {
            return direction(writer.transposed(writer.operand(operand), 1, 0));
        }
        TensorData data = constant.get();
        long rows = data.sizes()[0];
        long columns = data.sizes()[1];
        double[] values = data.doubles();
        var turned = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            turned[Math.toIntExact(i % columns * rows + i / columns)] = values[i];
        }
        return writer.constant(TensorData.ofReals(data.element(), turned, 1, columns, rows));
    }

    private String type() {
        return switch (op) {
            case Gru gru -> "GRU";
            case Lstm lstm -> "LSTM";
            case Rnn rnn -> "RNN";
        };
    }

    private String optional(int operand) {
        if (!writer.has(operand)) {
            return "";
        }
        return writer.node()
                .operand(operand)
                .constant()
                .map(this::direction)
                .orElseGet(() -> direction(writer.operand(operand)));
    }

    private String lengths() {
        String lengths = writer.operand(Recurrent.LENGTHS);
        ElementType element = writer.node().operand(Recurrent.LENGTHS).tensor().element();
        return element == ElementType.INT32
                ? lengths
                : writer.add("Cast", List.of(lengths), OnnxAttributes.integer("to", 6));
    }

    /// With an axis in front for the one direction.
    private String direction(String value) {
        return axis("Unsqueeze", value, 0);
    }

    private String direction(TensorData data) {
        return writer.constant(
                data.reshape(LongStream.concat(LongStream.of(1), LongStream.of(data.sizes())).toArray()));
    }

    private String axis(String type, String value, long axis) {
        return writer.add(type, value, writer.longs(axis));
    }

    /// The bias of the input followed by that of the hidden state, which is 0 but for a candidate that is reset.
    private String bias() {
        boolean hidden = op instanceof Gru && writer.has(Gru.HIDDEN_BIAS);
        if (!writer.has(BIAS) && !hidden) {
            return "";
        }
        Dim units = writer.shape(2).dim(0);
        if (isConstant(BIAS) && isConstant(Gru.HIDDEN_BIAS) && units.isKnown()) {
            return direction(bias((int) units.known(), hidden));
        }
        List<String> parts = new ArrayList<>();
        parts.add(writer.has(BIAS) ? writer.operand(BIAS) : zeros(units.times(op.gates())));
        parts.add(zeros(units.times(op.gates() - (hidden ? 1 : 0))));
        if (hidden) {
            parts.add(writer.operand(Gru.HIDDEN_BIAS));
        }
        return direction(writer.add("Concat", parts, OnnxAttributes.integer("axis", 0)));
    }

    /// True when an operand is a constant or left out.
    private boolean isConstant(int operand) {
        boolean isBias = operand == BIAS || op instanceof Gru;
        return !isBias || !writer.has(operand) || writer.node().operand(operand).constant().isPresent();
    }

    private TensorData bias(int units, boolean hidden) {
        ElementType element = writer.node().operand(0).tensor().element();
        var values = new double[2 * op.gates() * units];
        place(BIAS, values, 0);
        if (hidden) {
            place(Gru.HIDDEN_BIAS, values, values.length - units);
        }
        return TensorData.ofReals(element, values, values.length);
    }

    private void place(int operand, double[] values, int at) {
        if (writer.has(operand)) {
            double[] given = writer.node().operand(operand).constant().orElseThrow().doubles();
            System.arraycopy(given, 0, values, at, given.length);
        }
    }

    private String zeros(Dim count) {
        ElementType element = writer.node().operand(0).tensor().element();
        return count.isKnown()
                ? writer.nodes().constant(TensorData.ofReals(element, new double[(int) count.known()], count.known()))
                : writer.add("Expand", writer.scalar(0, 0), writer.sizes().size(count));
    }

    private List<AttributeProto> attributes() {
        var attributes = new ArrayList<AttributeProto>();
        attributes.add(OnnxAttributes.text("direction", op.reverse() ? "reverse" : "forward"));
        writer.shape(2)
                .dim(0)
                .ifKnown()
                .ifPresent(units -> attributes.add(OnnxAttributes.integer("hidden_size", units)));
        if (Double.isFinite(op.clip())) {
            attributes.add(OnnxAttributes.real("clip", op.clip()));
        }
        switch (op) {
            case Gru gru ->
                    attributes.add(OnnxAttributes.integer("linear_before_reset", gru.linearBeforeReset() ? 1 : 0));
            case Lstm lstm -> attributes.add(OnnxAttributes.integer("input_forget", lstm.inputForget() ? 1 : 0));
            case Rnn rnn -> {}
        }
        attributes.addAll(activations(functions()));
        return attributes;
    }

    private List<Activation> functions() {
        return switch (op) {
            case Gru gru -> List.of(gru.gate(), gru.candidate());
            case Lstm lstm -> List.of(lstm.gate(), lstm.candidate(), lstm.output());
            case Rnn rnn -> List.of(rnn.activation());
        };
    }

    private static List<AttributeProto> activations(List<Activation> functions) {
        List<Double> alphas = new ArrayList<>();
        List<Double> betas = new ArrayList<>();
        for (Activation function : functions) {
            if (function.kind().parameters() > 0) {
                alphas.add(function.alpha());
            }
            if (function.kind().parameters() > 1) {
                betas.add(function.beta());
            }
        }
        return List.of(
                OnnxAttributes.texts("activations", functions.stream().map(f -> name(f.kind())).toList()),
                OnnxAttributes.reals("activation_alpha", alphas),
                OnnxAttributes.reals("activation_beta", betas));
    }

    private static String name(Activation.Kind kind) {
        return switch (kind) {
            case AFFINE -> "Affine";
            case ELU -> "Elu";
            case HARD_SIGMOID -> "HardSigmoid";
            case LEAKY_RELU -> "LeakyRelu";
            case RELU -> "Relu";
            case SCALED_TANH -> "ScaledTanh";
            case SIGMOID -> "Sigmoid";
            case SOFTPLUS -> "Softplus";
            case SOFTSIGN -> "Softsign";
            case TANH -> "Tanh";
            case THRESHOLDED_RELU -> "ThresholdedRelu";
        };
    }
}
