package dev.skive.codegen.emit;

import static dev.skive.ir.op.ScalarExpr.apply;
import static dev.skive.ir.op.ScalarExpr.argument;
import static dev.skive.ir.op.ScalarExpr.literal;

import dev.skive.ir.op.Activation;
import dev.skive.ir.op.Gru;
import dev.skive.ir.op.Lstm;
import dev.skive.ir.op.Rnn;
import dev.skive.ir.op.ScalarExpr;
import dev.skive.ir.op.ScalarFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What happens to one unit of a recurrent operator once its gates are summed up: elements that are loaded, and values
/// computed from them one after the other. In expressions, arguments count the loads first and then the values.
///
/// @param loads what is read
/// @param values what is computed
record CellFormula(List<Load> loads, List<Computed> values) {
    /// An element that is read.
    ///
    /// @param name its name
    /// @param array the Java array
    /// @param place where the element of unit 0 lies
    record Load(String name, String array, String place) {}

    /// A value that is computed.
    ///
    /// @param name its name
    /// @param expression how
    /// @param place where the element of unit 0 is stored, if it is
    record Computed(String name, ScalarExpr expression, Optional<String> place) {}

    private CellFormula() {
        this(new ArrayList<>(), new ArrayList<>());
    }

    private ScalarExpr load(String name, String array, String place) {
        loads.add(new Load(name, array, place));
        return argument(loads.size() - 1);
    }

    /// All loads must be there already.
    private ScalarExpr compute(String name, ScalarExpr expression, String... place) {
        values.add(new Computed(name, expression, Optional.of(place).filter(p -> p.length > 0).map(p -> p[0])));
        return argument(loads.size() + values.size() - 1);
    }

    /// The names that arguments stand for.
    List<String> names() {
        var names = new ArrayList<>(loads.stream().map(Load::name).toList());
        values.forEach(value -> names.add(value.name));
        return names;
    }

    /// The hidden state of an RNN.
    static CellFormula of(Rnn op, String states) {
        var cell = new CellFormula();
        ScalarExpr sum = cell.load("sum", states, "gates");
        cell.compute("next", activate(op.activation(), op.clip(), sum), "hidden");
        return cell;
    }

    /// The states of an LSTM.
    ///
    /// @param units how far the gates are apart
    /// @param peepholes the array with the peepholes, if there are any
    static CellFormula of(Lstm op, String states, String units, Optional<String> peepholes) {
        var cell = new CellFormula();
        ScalarExpr in = cell.load("inputSum", states, "gates");
        ScalarExpr out = cell.load("outputSum", states, "gates + " + units);
        ScalarExpr keep = cell.load("forgetSum", states, "gates + 2 * " + units);
        ScalarExpr candidate = cell.load("candidateSum", states, "gates + 3 * " + units);
        ScalarExpr last = cell.load("before", states, "cell");
        var peeps = new ArrayList<ScalarExpr>();
        for (int i = 0; i < 3 && peepholes.isPresent(); i++) {
            peeps.add(cell.load("peep" + i, peepholes.get(), "vector + " + i + " * " + units));
        }
        ScalarExpr input = cell.compute("input", gate(op, peep(in, peeps, 0, last)));
        ScalarExpr forget =
                op.inputForget()
                        ? apply(ScalarFunction.SUBTRACT, literal(1), input)
                        : gate(op, peep(keep, peeps, 2, last));
        ScalarExpr fresh = times(input, activate(op.candidate(), op.clip(), candidate));
        ScalarExpr next = cell.compute("next", plus(times(forget, last), fresh), "cell");
        ScalarExpr output = gate(op, peep(out, peeps, 1, next));
        cell.compute("nextHidden", times(output, op.output().expression(next)), "hidden");
        return cell;
    }

    private static ScalarExpr gate(Lstm op, ScalarExpr sum) {
        return activate(op.gate(), op.clip(), sum);
    }

    private static ScalarExpr peep(ScalarExpr sum, List<ScalarExpr> peepholes, int gate, ScalarExpr state) {
        return peepholes.isEmpty() ? sum : plus(sum, times(peepholes.get(gate), state));
    }

    /// The state that a GRU's reset gate lets through.
    static CellFormula reset(Gru op, String states, String units) {
        var cell = new CellFormula();
        ScalarExpr sum = cell.load("sum", states, "gates + " + units);
        ScalarExpr last = cell.load("before", states, "hidden");
        cell.compute("passed", times(activate(op.gate(), op.clip(), sum), last), "kept");
        return cell;
    }

    /// The hidden state of a GRU.
    ///
    /// @param input the array with the weighted input, which starts at `from`
    static CellFormula of(Gru op, String states, String units, String input) {
        var cell = new CellFormula();
        ScalarExpr updateSum = cell.load("updateSum", states, "gates");
        ScalarExpr product = cell.load("product", states, "candidate");
        ScalarExpr last = cell.load("before", states, "hidden");
        ScalarExpr sum = product;
        if (op.linearBeforeReset()) {
            ScalarExpr resetSum = cell.load("resetSum", states, "gates + " + units);
            ScalarExpr fresh = cell.load("fresh", input, "from + 2 * " + units);
            sum = plus(fresh, times(activate(op.gate(), op.clip(), resetSum), product));
        }
        ScalarExpr update = cell.compute("update", activate(op.gate(), op.clip(), updateSum));
        ScalarExpr rest = apply(ScalarFunction.SUBTRACT, literal(1), update);
        ScalarExpr next = times(rest, activate(op.candidate(), op.clip(), sum));
        cell.compute("next", plus(next, times(update, last)), "hidden");
        return cell;
    }

    /// An activation of a value that is clipped first, where there is a bound.
    private static ScalarExpr activate(Activation activation, double clip, ScalarExpr x) {
        if (Double.isInfinite(clip)) {
            return activation.expression(x);
        }
        ScalarExpr raised = apply(ScalarFunction.MAXIMUM, x, literal(-clip));
        return activation.expression(apply(ScalarFunction.MINIMUM, raised, literal(clip)));
    }

    private static ScalarExpr plus(ScalarExpr a, ScalarExpr b) {
        return apply(ScalarFunction.ADD, a, b);
    }

    private static ScalarExpr times(ScalarExpr a, ScalarExpr b) {
        return apply(ScalarFunction.MULTIPLY, a, b);
    }
}
