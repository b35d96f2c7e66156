package dev.skive.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skive.grammar.tree.Argument;
import dev.skive.grammar.tree.Element;
import dev.skive.grammar.tree.Expression;
import dev.skive.grammar.tree.ModelTree;
import dev.skive.grammar.tree.ModelTree.Function;
import dev.skive.grammar.tree.ModelTree.GraphTree;
import dev.skive.grammar.tree.ModelTree.RandomWeights;
import dev.skive.grammar.tree.ModelTree.WeightsFile;
import dev.skive.grammar.tree.Parameter;
import dev.skive.grammar.tree.Position;
import dev.skive.grammar.tree.Statement;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ModelTextTest {
    private static ModelTree model(String text) {
        return ModelText.parse(new SourceText("model.skg", text));
    }

    /// The first statement of a graph.
    private static Statement statement(String text) {
        return ((GraphTree) model("graph g() { " + text + " }").items().getFirst()).body().getFirst();
    }

    private static Expression expression(String text) {
        return ((Statement.Assignment) statement("x = " + text)).value();
    }

    @Test
    void aModelIsWeightsNumbersFunctionsAndGraphs() {
        var model =
                model(
                        """
                        weights "a.safetensors"
                        weights random(7) as b // made up
                        let n = 6
                        fn twice(x: f32[n], k: int = 2) -> f32[n] { return x * k }
                        graph "odd name"(x "x:0": f32[n]) { return "y:0" = twice(x), x }
                        """);
        assertThat(model.items())
                .extracting(item -> item.getClass().getSimpleName())
                .containsExactly("WeightsFile", "RandomWeights", "Setting", "Function", "GraphTree");
        assertThat(((WeightsFile) model.items().get(0)).file()).isEqualTo("a.safetensors");
        var random = (RandomWeights) model.items().get(1);
        assertThat(random.seed()).isEqualTo("7");
        assertThat(random.name().orElseThrow()).isEqualTo("b");
        var function = (Function) model.items().get(3);
        assertThat(function.parameters()).extracting(Parameter::name).containsExactly("x", "k");
        assertThat(function.parameters().get(1).otherwise()).isPresent();
        assertThat(function.results()).hasSize(1);
        var graph = (GraphTree) model.items().get(4);
        assertThat(graph.name()).isEqualTo("odd name");
        assertThat(graph.inputs().getFirst().label()).contains("x:0");
        var returned = (Statement.Return) graph.body().getFirst();
        assertThat(returned.results().getFirst().name().orElseThrow()).isEqualTo("y:0");
        assertThat(returned.results().get(1).name()).isEmpty();
    }

    @Test
    void everythingKnowsItsPlace() {
        var graph = (GraphTree) model("graph g() {\n  y = Add(x,\n    2)\n  return y\n}").items().getFirst();
        var assignment = (Statement.Assignment) graph.body().getFirst();
        assertThat(assignment.targets().getFirst().position()).isEqualTo(new Position(2, 3));
        var call = (Expression.Call) assignment.value();
        assertThat(call.position()).isEqualTo(new Position(2, 7));
        assertThat(call.arguments().get(0).value().position()).isEqualTo(new Position(2, 11));
        assertThat(call.arguments().get(1).value().position()).isEqualTo(new Position(3, 5));
    }

    @Test
    void statementsNameTheirResultsAndOrigins() {
        var assignment = (Statement.Assignment) statement("a, _ = TopK(x) from \"node \\\"1\\\"\", \"n\\u00e92\"");
        assertThat(assignment.targets()).extracting(target -> target.name().isPresent()).containsExactly(true, false);
        assertThat(assignment.origins()).containsExactly("node \"1\"", "né2");
        var repetition = (Statement.Repetition) statement("repeat i in 0..n { x = f(x, i) let k = i }");
        assertThat(repetition.counter()).isEqualTo("i");
        assertThat(repetition.body()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "a + b * c, +",
        "a * b + c, +",
        "a @ b + c, +",
        "a - b - c, -",
        "-a * b, *",
        "a < b + c, <",
        "a == b && c, &&",
        "a && b || c, ||",
        "(a + b) * c, *"
    })
    void operatorsBindAsUsual(String text, String outermost) {
        assertThat(expression(text))
                .asInstanceOf(InstanceOfAssertFactories.type(Expression.Binary.class))
                .extracting(binary -> binary.operation().text())
                .isEqualTo(outermost);
    }

    @Test
    void subtractionIsFromTheLeft() {
        var binary = (Expression.Binary) expression("a - b - c");
        assertThat(binary.left()).isInstanceOf(Expression.Binary.class);
        assertThat(binary.right()).isInstanceOf(Expression.Name.class);
    }

    @Test
    void argumentsMayBeNamedLikeWordsOfTheLanguage() {
        var call = (Expression.Call) expression("ShapeOf(x, from=0, to=2)");
        assertThat(call.arguments())
                .extracting(Argument::name)
                .containsExactly(Optional.empty(), Optional.of("from"), Optional.of("to"));
    }

    @Test
    void tensorsAreWrittenInFull() {
        var tensor = (Expression.TensorLiteral) expression("f32[2, 2] { 1, -2.5, -inf, 0x7fc00001 }");
        assertThat(tensor.element()).isEqualTo("f32");
        assertThat(tensor.shape()).hasSize(2);
        assertThat(tensor.elements()).extracting(Element::text).containsExactly("1", "-2.5", "-inf", "0x7fc00001");
        assertThat(expression("f32[batch, 2]")).isInstanceOf(Expression.Typed.class);
    }

    @Test
    void graphsWithinAreClosures() {
        var call = (Expression.Call) expression("If(c, yes=() { return x }, no=(y: f32[2] = x) { return y })");
        assertThat(call.arguments().get(1).value()).isInstanceOf(Expression.Closure.class);
        var no = (Expression.Closure) call.arguments().get(2).value();
        assertThat(no.parameters().getFirst().otherwise()).isPresent();
    }

    @Test
    void numbersKeepTheirText() {
        assertThat(((Expression.Numeral) expression("1.50e-3")).text()).isEqualTo("1.50e-3");
        assertThat(((Expression.Numeral) expression("12")).isWhole()).isTrue();
        assertThat(((Expression.Numeral) expression("0xff")).isBits()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "graph g( { }|1:10: expected a name or ')', found '{'",
                "graph g() { x = }|1:17: expected an expression, found '}'",
                "graph g() { x = Add(a b) }|1:23: expected ')'",
                "graph g() { x = [1, 2 }|1:23: expected",
                "graph g() { return x|1:21: unexpected end of the text",
                "graph g() { x = a é b }|1:19: unexpected character 'é'",
                "graph g() { x = \"abc }|1:17: the string is not closed on this line",
                "let = 3|1:5: expected a name, found '='",
                "weights 7|1:9: expected a name or a text in quotes, found '7'",
                "hello|1:1: expected",
                "graph g() { x Add(a) }|1:15: expected"
            })
    void mistakesAreShownWhereTheyAre(String text, String message) {
        assertThatThrownBy(() -> model(text))
                .isInstanceOf(TextError.class)
                .hasMessageStartingWith("model.skg:" + message);
    }

    @Test
    void theLineIsShownWithAMarkBelowThePlace() {
        assertThatThrownBy(() -> model("graph g() {\n\tx = Add(a, , b)\n}"))
                .hasMessage(
                        """
                        model.skg:2:13: expected an expression, found ','
                             x = Add(a, , b)
                                        ^\
                        """);
    }

    @Test
    void severalMistakesAreReportedTogether() {
        assertThatThrownBy(() -> model("let a = )\nlet b = 2\nlet c = )\n"))
                .isInstanceOfSatisfying(
                        TextError.class,
                        error ->
                                assertThat(error.problems())
                                        .extracting(problem -> problem.position().line())
                                        .contains(1, 3));
    }

    @Test
    void thereIsAnEndToMistakes() {
        assertThatThrownBy(() -> model("let a = )\n".repeat(1000)))
                .isInstanceOfSatisfying(
                        TextError.class, error -> assertThat(error.problems()).hasSizeLessThanOrEqualTo(20));
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "[", "-", "!", "once ", "f(", "f(a=", "() { x = ", "f32[", "a + ", "a * b + ", "(a"})
    void deepNestingIsRefusedHoweverItIsWritten(String part) {
        for (int times : List.of(1_000, 100_000)) {
            assertThatThrownBy(() -> model("graph g() { x = " + part.repeat(times) + "a }"))
                    .isInstanceOf(TextError.class);
        }
    }

    @Test
    void nestingWithinReasonIsAccepted() {
        assertThat(expression("(".repeat(100) + "a" + ")".repeat(100))).isInstanceOf(Expression.Name.class);
        assertThat(expression("a + ".repeat(200) + "a")).isInstanceOf(Expression.Binary.class);
    }

    @Test
    void manyStatementsAreNotDeep() {
        assertThat(model("let a = 1\n".repeat(5_000)).items()).hasSize(5_000);
    }

    @Test
    void nothingMovesTheCursor() {
        assertThatThrownBy(() -> model("let a = \u001b[2J"))
                .isInstanceOf(TextError.class)
                .extracting(Throwable::getMessage, InstanceOfAssertFactories.STRING)
                .doesNotContain("\u001b");
    }

    @Test
    void ofALongLineOnlyAPartIsShown() {
        assertThatThrownBy(() -> model("let a = [" + "1, ".repeat(1000) + ")"))
                .isInstanceOf(TextError.class)
                .extracting(Throwable::getMessage, InstanceOfAssertFactories.STRING)
                .hasSizeLessThan(600)
                .contains("1, 1, )");
    }
}
