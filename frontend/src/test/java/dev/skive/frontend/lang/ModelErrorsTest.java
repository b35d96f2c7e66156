package dev.skive.frontend.lang;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.skive.frontend.onnx.ImportOptions;
import dev.skive.frontend.onnx.Limit;
import dev.skive.frontend.onnx.Limits;
import dev.skive.frontend.weights.ModelFolder;
import dev.skive.grammar.SourceText;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every mistake that a text can hold: what is said about it, and where. `^` stands before the place.
final class ModelErrorsTest {
    private static String problem(String text) {
        return problem(text, ImportOptions.DEFAULT);
    }

    private static String problem(String text, ImportOptions options) {
        var folder = new ModelFolder(Path.of("none"), false);
        try {
            new ModelReader(options).read(new SourceText("m.skg", text), folder);
        } catch (SkiveException e) {
            assertThat(e.code()).isEqualTo(ExitCode.INVALID_MODEL);
            return e.getMessage();
        }
        throw new AssertionError("this is no mistake: " + text);
    }

    /// A statement of a graph with inputs `x: f32[n, 4]`, `w: f32[8, 4]`, `i: i64[n]`, and what is wrong with it.
    private static Stream<Arguments> operands() {
        return Stream.of(
                Arguments.of(
                        "y = x ^@ w",
                        "MatMul does not accept f32[n, 4], f32[8, 4]: inner sizes differ: 4 of [n,4] and 8 of [8,4]"),
                Arguments.of("y = x ^+ i", "Add does not accept f32[n, 4], i64[n]"),
                Arguments.of("y = ^Softmax(x, axis=2)", "Softmax does not accept f32[n, 4]: axis 2 is outside"),
                Arguments.of("y = Relu(^xx)", "unknown name 'xx'"),
                Arguments.of("weights0 = x y = Relu(^weight0)", "unknown name 'weight0'; did you mean 'weights0'?"),
                Arguments.of(
                        "y = ^Sofmax(x, axis=1)", "there is no operator or function 'Sofmax'; did you mean 'Softmax'?"),
                Arguments.of(
                        "y = ^softmax(x, axis=1)",
                        "there is no operator or function 'softmax'; did you mean 'Softmax'?"),
                Arguments.of("y = ^MatMul(x)", "MatMul takes 2 operands, found 1"),
                Arguments.of(
                        "y = ^Softmax(x, 1, axis=1)",
                        "Softmax takes 1 operand, found 2; attributes are given by name: axis=..."),
                Arguments.of("y = ^Relu(_)", "Relu does not accept absent: operand 0 is required but was left out"),
                Arguments.of("y = ^Reshape(w, dims=[3])", "Reshape does not accept f32[8, 4]"),
                Arguments.of("y = x * ^n", "the size n is no operand; ShapeOf gives the sizes of a value as a tensor"),
                Arguments.of("y = i ^* 0.5", "Mul: 0.5 is no element of type i64"),
                Arguments.of("y = Relu([^x])", "'x' is a value of the graph; this must be known when the text is read"),
                Arguments.of("y = Relu(^[1])", "[1] is no operand; attributes are given by name"));
    }

    private static Stream<Arguments> results() {
        return Stream.of(
                Arguments.of("^y, z = Relu(x)", "1 value for 2 names"),
                Arguments.of(
                        "^y = TopK(x, 2, axis=1, size=2)",
                        "2 values for 1 name; '_' stands for a value that is not wanted"),
                Arguments.of("y = Relu(^TopK(x, 2, axis=1, size=2))", "these are 2 values; give them names first"),
                Arguments.of("y = ^3", "3 is no value of the graph; write: let y = 3, or a constant"),
                Arguments.of("repeat j in 0..^n { y = x }", "the bounds of a repetition are numbers, found the size n"),
                Arguments.of("repeat j in 0..2 { ^return x }", "'return' cannot stand in a repetition"),
                Arguments.of("^return x y = x", "'return' must be the last statement"),
                Arguments.of("y = x ^| x", "'|' belongs into rules"),
                Arguments.of("y = Relu(^$x)", "this belongs into rules, not into models"));
    }

    private static Stream<Arguments> attributes() {
        return Stream.of(
                Arguments.of(
                        "y = Softmax(x, ^axes=1)",
                        "there is no attribute 'axes' in Softmax(axis); did you mean 'axis'?"),
                Arguments.of("y = ^Softmax(x)", "Softmax: the attribute 'axis' is missing: it is a whole number"),
                Arguments.of("y = Softmax(x, axis=^0.5)", "axis must be a whole number of 32 bits, found 0.5"),
                Arguments.of("y = Gelu(x, form=^fast)", "form must be one of erf, tanh, found fast"),
                Arguments.of("y = Softmax(x, axis=1, ^axis=0)", "'axis' is given twice"),
                Arguments.of("y = Reshape(x, dims=[^m, 4])", "unknown size or number 'm'; known sizes are n"),
                Arguments.of(
                        "y = Reshape(x, dims=[^x, 4])",
                        "'x' is a value of the graph; this must be known when the text is read"),
                Arguments.of("y = Reshape(x, dims=^4)", "dims must be a list, each item a size, found 4"),
                Arguments.of(
                        "y = Conv(x, w, window=^Window(strides=[1]), groups=1)",
                        "the attribute 'dilations' is missing: it is a list"),
                Arguments.of(
                        "y = Conv(x, w, window=Window(^stride=[1]), groups=1)",
                        "there is no 'stride' in Window(strides, dilations, before, after); did you mean 'strides'?"),
                Arguments.of(
                        "y = Conv(x, w, window=^Pooling(), groups=1)",
                        "window must be Window(strides, dilations, before, after), found Pooling(...)"));
    }

    private static Stream<Arguments> constants() {
        return Stream.of(
                Arguments.of("y = f32[2] { 1, ^one }", "one is no element of type f32"),
                Arguments.of("y = ^f32[2] { 1 }", "f32[2] takes 2 elements, found 1"),
                Arguments.of("y = f32[^n] { 1 }", "the size of a constant must be a number, found n"),
                Arguments.of("y = ^f23[2] { 1, 2 }", "unknown element type 'f23'; known are f32, f64"),
                Arguments.of("y = u8[1] { ^256 }", "256 is no element of type u8"),
                Arguments.of(
                        "y = weight(^\"a\")",
                        "there is no file of weights; begin the text with: weights \"model.safetensors\""));
    }

    private static Stream<Arguments> numbers() {
        return Stream.of(
                Arguments.of(
                        "let k = 7 ^/ 2", "7 / 2 may leave a remainder; floor(7, 2) rounds down, 7.0 / 2 makes it"),
                Arguments.of("let k = 7 ^/ 0", "division by zero"),
                Arguments.of("let k = ^9223372036854775808", "the number does not fit 64 bits"),
                Arguments.of("let k = 9223372036854775807 ^+ 1", "the number overflows 64 bits"),
                Arguments.of("let k = n ^* 0.5", "n and 0.5 do not mix: the size is known only when the model runs"));
    }

    private static Stream<Arguments> graphsWithin() {
        return Stream.of(
                Arguments.of(
                        "y = ^If(x, yes=() { return x }, no=() { return x })",
                        "If does not accept f32[n, 4], f32[n, 4]: the condition must be bool"),
                Arguments.of(
                        "y = If(i, yes=^() { z = x }, no=() { return x })",
                        "the last statement must be 'return', with the results"),
                Arguments.of("y = If(i, yes=() { return ^z }, no=() { return x })", "unknown name 'z'"),
                Arguments.of("y = If(i, yes=(^z) { return z }, no=() { return x })", "'z' needs a type"));
    }

    @ParameterizedTest
    @MethodSource({"operands", "results", "attributes", "constants", "numbers", "graphsWithin"})
    void aStatement(String marked, String message) {
        String statement = marked.replace("^", "");
        String text = "graph g(x: f32[n, 4], w: f32[8, 4], i: i64[n]) {\n" + statement + "\nreturn x }";
        String caret = " ".repeat(marked.indexOf('^')) + "^";
        assertThat(problem(text))
                .startsWith("m.skg:2:%d: %s".formatted(marked.indexOf('^') + 1, message))
                .endsWith("\n    %s\n    %s".formatted(statement, caret));
    }

    /// A whole text, and what is wrong with it.
    private static Stream<Arguments> files() {
        return Stream.of(
                Arguments.of("^", "a model is one graph, found 0"),
                Arguments.of(
                        "graph a() { return f32[] { 1 } } graph ^b() { return f32[] { 1 } }",
                        "a model is one graph, found 2"),
                Arguments.of("graph g(^x) { return x }", "input 'x' needs a type: x: f32[n, 4]"),
                Arguments.of(
                        "graph g(x: ^float) { return x }",
                        "'float' is no type of a value; a tensor type is f32[batch, 4]"),
                Arguments.of(
                        "graph g(x: ^list(f32[n])) { return x }",
                        "unknown kind of type 'list'; known are seq and optional"),
                Arguments.of("graph g(x: f32[n], ^x: f32[n]) { return x }", "two inputs are named 'x'"),
                Arguments.of(
                        "graph g(x: f32[n]) { return x, ^x }", "two results are called 'x'; give one another name"),
                Arguments.of("graph g(x: f32[n]) { return y = x, ^x + 1 }", "this result needs a name: return y = ..."),
                Arguments.of("graph ^g(x: f32[n]) { y = x }", "the last statement must be 'return', with the results"),
                Arguments.of("let a = ^b let b = 1 graph g(x: f32[n]) { return x }", "unknown size or number 'b'"));
    }

    private static Stream<Arguments> weights() {
        return Stream.of(
                Arguments.of(
                        "weights ^\"a.pt\" graph g(x: f32[n]) { return x }",
                        "'a.pt' is no file of weights that is known: .safetensors, .npz, or .bin of llama2.c"),
                Arguments.of(
                        "weights ^rand(7) graph g(x: f32[n]) { return x }",
                        "unknown weights 'rand'; a file is written in quotes, and made-up numbers random(7)"),
                Arguments.of(
                        "weights random(7) graph g() { return weight(^\"a\") }",
                        "made-up weights need a type: weight(\"a\", f32[4, 4])"),
                Arguments.of(
                        "weights random(7) graph g() { return weight(\"a\", ^f32[n]) }",
                        "the sizes of a weight are numbers, found f32[n]"),
                Arguments.of(
                        "weights random(7) graph g() { return weight(^\"a\", i64[2]) }",
                        "made-up weights are real numbers, not i64[2]"),
                Arguments.of(
                        "weights random(7) graph g() { return weight(^\"a.{i}\", f32[2]) }",
                        "unknown size or number 'i'"),
                Arguments.of(
                        "weights random(7) graph g() { return weight(^\"a{\", f32[2]) }",
                        "'{' stands alone; {i} puts in a number"),
                Arguments.of(
                        "weights random(7) graph g(a: i64[]) { return ^weight(a) }",
                        "weight takes the name of a tensor in quotes"),
                Arguments.of(
                        "weights random(7) as w graph g() { return weight(^\"a\", f32[2]) }",
                        "there is no file of weights without a name"));
    }

    private static Stream<Arguments> functions() {
        return Stream.of(
                Arguments.of("fn ^Softmax(x) { return x } graph g(x: f32[n]) { return x }", "'Softmax' exists already"),
                Arguments.of("fn ^floor(x) { return x } graph g(x: f32[n]) { return x }", "'floor' exists already"),
                Arguments.of(
                        "fn f(x) { return x } fn ^f(x) { return x } graph g(x: f32[n]) { return x }",
                        "there are two functions 'f'"),
                Arguments.of("fn f(x) { return x } graph g(x: f32[n]) { return ^f() }", "'x' of f(x) is missing"),
                Arguments.of(
                        "fn f(x, k=1) { return x } graph g(x: f32[n]) { return f(x, 1, ^2) }",
                        "f(x, k=...) takes 2 arguments, found more"),
                Arguments.of(
                        "fn f(x, size: int) { return x } graph g(x: f32[n]) { return f(x, ^sise=1) }",
                        "there is no parameter 'sise' in f(x, size); did you mean 'size'?"),
                Arguments.of("fn f(x) { return x } graph g(x: f32[n]) { return f(x, ^x=x) }", "'x' is given twice"),
                Arguments.of(
                        "fn f(x) { return ^f(x) } graph g(x: f32[n]) { return f(x) }",
                        "'f' calls itself: f -> f (in 'f', called at 1:53)"),
                Arguments.of(
                        "fn f(x) { return h(x) } fn h(x) { return ^f(x) } graph g(x: f32[n]) { return f(x) }",
                        "'f' calls itself: f -> h -> f (in 'h', called at 1:18) (in 'f', called at 1:77)"));
    }

    private static Stream<Arguments> typesOfParameters() {
        return Stream.of(
                Arguments.of(
                        "fn f(x, k: int) { return x } graph g(x: f32[n]) { return f(x, ^0.5) }",
                        "'k' must be a whole number or a size, found 0.5"),
                Arguments.of(
                        "fn f(x, k: ^integer) { return x } graph g(x: f32[n]) { return f(x, 1) }",
                        "unknown type 'integer'; a parameter is a tensor (f32[n, 4]) or one of int, float"),
                Arguments.of(
                        "fn f(x: f32[n, 4]) { return x } graph g(x: f32[2, 5]) { return f(^x) }",
                        "'x' of 'f' must be f32[2, 4], found f32[2, 5]"),
                Arguments.of(
                        "fn f(x: f32[n], y: f32[n]) { return x } graph g(x: f32[2], y: f32[3]) { return f(x, ^y) }",
                        "'y' of 'f' must be f32[2], found f32[3]"),
                Arguments.of(
                        "fn f(x: f32[a, b]) { return x } graph g(x: f32[2]) { return f(^x) }",
                        "'x' of 'f' must be f32[a, b], found f32[2]"),
                Arguments.of(
                        "fn f(x: f16[a]) { return x } graph g(x: f32[2]) { return f(^x) }",
                        "'x' of 'f' must be f16[a], found f32[2]"),
                Arguments.of(
                        "fn f(x) -> f32[3] { return x } graph g(x: f32[2]) { return ^f(x) }",
                        "'result 1' of 'f' must be f32[3], found f32[2]"));
    }

    @ParameterizedTest
    @MethodSource({"files", "weights", "functions", "typesOfParameters"})
    void aText(String marked, String message) {
        assertThat(problem(marked.replaceFirst("\\^", "")))
                .startsWith("m.skg:1:%d: %s".formatted(marked.indexOf('^') + 1, message));
    }

    @Test
    void anErrorInAFunctionSaysWhoCalledIt() {
        String text =
                """
                fn inner(x, w) {
                  return x @ w
                }
                fn outer(x, w) { return inner(x, w) }
                graph g(x: f32[2, 3], w: f32[4, 5]) {
                  return outer(x, w)
                }
                """;
        assertThat(problem(text))
                .isEqualTo(
                        """
                        m.skg:2:12: MatMul does not accept f32[2, 3], f32[4, 5]: inner sizes differ: 3 of [2,3] and 4 of [4,5] \
                        (in 'inner', called at 4:25) (in 'outer', called at 6:10)
                              return x @ w
                                       ^\
                        """);
    }

    @Test
    void errorsThatDoNotFollowFromOthersAreReportedTogether() {
        String text =
                """
                graph g(x: f32[2, 3]) {
                  a = x @ x
                  b = Relu(a)
                  repeat i in 0..3 { c = Exq(x) }
                  d = Softmax(x, axis=7)
                  return b
                }
                """;
        assertThat(problem(text).lines().filter(line -> line.startsWith("m.skg")))
                .hasSize(3)
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("m.skg:2:9: MatMul"),
                        second -> assertThat(second).startsWith("m.skg:4:26: there is no operator or function 'Exq'"),
                        third -> assertThat(third).startsWith("m.skg:5:7: Softmax"));
    }

    @Test
    void syntaxErrorsAreErrorsOfTheModel() {
        assertThat(problem("graph g(x: f32[n] { return x }")).startsWith("m.skg:1:19: expected");
    }

    private static SkiveException refusal(String text, ImportOptions options) {
        return catchThrowableOfType(
                SkiveException.class,
                () ->
                        new ModelReader(options)
                                .read(new SourceText("m.skg", text), new ModelFolder(Path.of("none"), false)));
    }

    @Test
    void whatLittleTextCanMakeIsLimited() {
        var few = ImportOptions.DEFAULT.withLimits(Limits.DEFAULT.with(Limit.NODES, 1000));
        String rounds = "graph g(x: f32[n]) { repeat i in 0..9223372036854775807 { } return x }";
        assertThat(refusal(rounds, few))
                .hasMessageContaining("limit of 1000 nodes")
                .extracting(SkiveException::code)
                .isEqualTo(ExitCode.REFUSED);
        var functions = new StringBuilder("fn f0(x) { return x + 1 }");
        for (int i = 1; i < 30; i++) {
            functions.append("fn f%d(x) { return f%d(f%d(x)) }".formatted(i, i - 1, i - 1));
        }
        assertThat(refusal(functions + "graph g(x: f32[n]) { return f29(x) }", few))
                .hasMessageContaining("limit of 1000 nodes");
        assertThat(
                        refusal(
                                functions
                                        + "fn f30(x) { return f29(x) } fn f31(x) { return f30(x) } fn f32(x) { return f31(x) } graph g(x: f32[n]) { return f32(x) }",
                                ImportOptions.DEFAULT))
                .hasMessageContaining("limit of 32 graphs or functions within each other");
        assertThat(
                        refusal(
                                "weights random(1) graph g() { return weight(\"a\", f32[1000000, 1000000]) }",
                                ImportOptions.DEFAULT))
                .hasMessageContaining("made-up weights: 4000000000000 exceed the limit of 1073741824 bytes of memory");
        assertThat(
                        refusal(
                                "weights random(1) graph g() { return weight(\"a\", f32[4294967296, 4294967296, 4]) }",
                                ImportOptions.DEFAULT))
                .hasMessageContaining("exceed the limit");
    }
}
