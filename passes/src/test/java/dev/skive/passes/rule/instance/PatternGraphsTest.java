package dev.skive.passes.rule.instance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import dev.skive.grammar.RuleText;
import dev.skive.grammar.SourceText;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.GraphVerifier;
import dev.skive.ir.graph.Node;
import dev.skive.ir.op.Constant;
import dev.skive.ir.op.Mul;
import dev.skive.ir.op.ReduceMean;
import dev.skive.ir.op.Transpose;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PatternGraphsTest {
    private static final int TRIES = 2000;

    private static List<Graph> graphs(String match, String where) {
        String text = "rule some-rule : exact { match %s %s replace $x }".formatted(match, where);
        var tree = RuleText.parse(new SourceText("test.rules", text)).getFirst();
        var forms = PatternGraphs.of(tree, ImmutableList.of());
        var random = new Random(1);
        return Stream.generate(() -> forms.random(random)).limit(TRIES).flatMap(Optional::stream).toList();
    }

    private static <T> List<T> operators(Graph graph, Class<T> operator) {
        return graph.nodes().stream().map(Node::op).filter(operator::isInstance).map(operator::cast).toList();
    }

    @Test
    void buildsWellFormedGraphsOfTheForm() {
        List<Graph> graphs = graphs("Transpose(Transpose($x, perm=$inner), perm=$outer)", "");

        assertThat(graphs)
                .hasSizeGreaterThan(TRIES / 10)
                .allSatisfy(graph -> {
                    GraphVerifier.verify(graph);
                    assertThat(operators(graph, Transpose.class)).isNotEmpty();
                });
    }

    @Test
    void namesTwiceTheSame() {
        List<Graph> graphs =
                graphs("{ mean = ReduceMean($x, axes=$axes) Sub(mean, ReduceMean(Mul($x, mean), axes=$axes)) }", "");

        assertThat(graphs)
                .hasSizeGreaterThan(TRIES / 10)
                .allSatisfy(graph -> {
                    List<ReduceMean> means = operators(graph, ReduceMean.class);
                    assertThat(means.getFirst().axes()).isEqualTo(means.getLast().axes());
                });
    }

    @Test
    void takesEveryAlternative() {
        List<Graph> graphs = graphs("Relu(Mul($x, ~0.5) | Abs($x))", "");

        assertThat(graphs).anyMatch(graph -> operators(graph, Mul.class).isEmpty());
        assertThat(graphs).anyMatch(graph -> !operators(graph, Mul.class).isEmpty());
    }

    @Test
    void makesConstantsWhereTheyAreAskedFor() {
        List<Graph> graphs = graphs("Mul($x, $w)", "where constant($w)");

        assertThat(graphs).isNotEmpty().allSatisfy(graph -> assertThat(operators(graph, Constant.class)).isNotEmpty());
    }
}
