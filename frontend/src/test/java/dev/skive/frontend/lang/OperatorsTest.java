package dev.skive.frontend.lang;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.skive.ir.op.Activation;
import dev.skive.ir.op.AveragePool;
import dev.skive.ir.op.Cast;
import dev.skive.ir.op.Conv;
import dev.skive.ir.op.Lstm;
import dev.skive.ir.op.Op;
import dev.skive.ir.op.Pooling;
import dev.skive.ir.op.ReduceSum;
import dev.skive.ir.op.Reshape;
import dev.skive.ir.op.Softmax;
import dev.skive.ir.op.Unique;
import dev.skive.ir.op.Window;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.TypeError;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class OperatorsTest {
    @Property(tries = 100)
    void attributesGiveTheOperatorBack(@ForAll long seed) {
        for (String name : Operators.names()) {
            Op op = new RandomAttributes(seed).operator(name);
            assertThat(Operators.name(op)).isEqualTo(name);
            assertThat(Operators.create(name, Operators.attributes(op))).isEqualTo(op);
        }
    }

    @Test
    void everyOperatorButSourcesHasAName() {
        assertThat(Operators.names())
                .contains("Softmax", "If", "Conv", "TextSplit")
                .doesNotContain("Input", "Constant");
        assertThat(Operators.contains("softmax")).isFalse();
    }

    @Test
    void attributesHaveCanonicalText() {
        assertThat(text(new Softmax(-1))).isEqualTo("axis=-1");
        assertThat(text(new ReduceSum(ImmutableList.of(0, 2), false))).isEqualTo("axes=[0, 2]");
        assertThat(text(new ReduceSum(ImmutableList.of(), true))).isEqualTo("axes=[], keepDims=true");
        assertThat(text(new Cast(ElementType.BFLOAT16))).isEqualTo("to=bf16");
        assertThat(text(new Unique(true, Optional.of(1), Dim.symbol("n")))).isEqualTo("sorted=true, axis=1, count=n");
        assertThat(text(new Unique(false, Optional.empty(), Dim.symbol("a b")))).isEqualTo("count=\"a b\"");
        assertThat(text(new Reshape(ImmutableList.of(Dim.symbol("batch").times(2).plus(-1), Dim.of(4)))))
                .isEqualTo("dims=[2*batch-1, 4]");
    }

    @Test
    void recordsWithinOperatorsAreGroups() {
        assertThat(text(new AveragePool(new Pooling(ImmutableList.of(3L), Window.simple(1), true), false)))
                .isEqualTo(
                        "pooling=Pooling(kernel=[3], window=Window(strides=[1], dilations=[1], before=[0], after=[0]),"
                                + " ceil=true)");
        var sigmoid = Activation.Kind.SIGMOID.usual();
        var relu = new Activation(Activation.Kind.LEAKY_RELU, 0.25, 0);
        assertThat(text(new Lstm(true, sigmoid, relu, sigmoid, Double.POSITIVE_INFINITY, false)))
                .isEqualTo(
                        "reverse=true, gate=Activation(kind=sigmoid, alpha=0, beta=0), candidate=Activation("
                                + "kind=leaky_relu, alpha=0.25, beta=0), output=Activation(kind=sigmoid, alpha=0,"
                                + " beta=0), clip=inf");
    }

    @Test
    void oneTextCanMeanSeveralThings() {
        assertThat(Operators.create("Reshape", Map.of("dims", items(whole(2), new Attribute.Word("n")))))
                .isEqualTo(new Reshape(ImmutableList.of(Dim.of(2), Dim.symbol("n"))));
        assertThat(Operators.create("LayerNorm", Map.of("axis", size(Dim.ONE), "epsilon", whole(0))))
                .isEqualTo(new dev.skive.ir.op.LayerNorm(1, 0));
        assertThat(Attribute.named("inf")).isEqualTo(new Attribute.Real(Double.POSITIVE_INFINITY));
        assertThat(Attribute.named("erf")).isEqualTo(new Attribute.Word("erf"));
    }

    @Test
    void whatIsWrongIsNamed() {
        assertRefused("Softmin", Map.of(), "unknown operator Softmin");
        assertRefused("Softmax", Map.of(), "the attribute 'axis' is missing: it is a whole number of 32 bits");
        assertRefused("Softmax", Map.of("axes", whole(1)), "there is no attribute 'axes' in Softmax(axis)");
        assertRefused(
                "Softmax", Map.of("axis", whole(1L << 40)), "axis must be a whole number of 32 bits, found 109951");
        assertRefused(
                "Softmax", Map.of("axis", size(Dim.symbol("n"))), "axis must be a whole number of 32 bits, found n");
        assertRefused("Gelu", Map.of("form", new Attribute.Word("tan")), "form must be one of erf, tanh, found tan");
        assertRefused("Cast", Map.of("to", new Attribute.Word("float")), "to must be an element type, found float");
        assertRefused(
                "ReduceSum", Map.of("axes", whole(1)), "axes must be a list, each item a whole number of 32 bits");
        assertRefused(
                "Conv",
                Map.of("window", new Attribute.Group("Pooling", ImmutableMap.of()), "groups", whole(1)),
                "window must be Window(strides, dilations, before, after), found Pooling()");
    }

    @Test
    void formsSayWhatAttributesCanBe() {
        assertThat(Operators.attributes("Conv")).extracting(AttributeForm::name).containsExactly("window", "groups");
        var window = Objects.requireNonNull(Operators.attributes(new Conv(Window.simple(2), 1)).get("window"));
        assertThat(Operators.attribute("Conv", "window").value(window)).isEqualTo(Window.simple(2));
    }

    private static void assertRefused(String name, Map<String, Attribute> attributes, String message) {
        assertThatThrownBy(() -> Operators.create(name, attributes))
                .isInstanceOf(TypeError.class)
                .hasMessageContaining(message);
    }

    private static String text(Op op) {
        return AttributeText.print(Operators.attributes(op));
    }

    private static Attribute whole(long value) {
        return new Attribute.Whole(value);
    }

    private static Attribute size(Dim size) {
        return new Attribute.Size(size);
    }

    private static Attribute items(Attribute... items) {
        return new Attribute.Items(ImmutableList.copyOf(items));
    }
}
