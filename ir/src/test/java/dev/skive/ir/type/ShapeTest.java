package dev.skive.ir.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class ShapeTest {
    private static final Dim A = Dim.symbol("a");
    private static final Dim B = Dim.symbol("b");

    @Provide
    Arbitrary<Shape> known() {
        return Arbitraries.longs().between(0, 3).map(Dim::of).list().ofMaxSize(3).map(Shape::of);
    }

    @Property
    void knownShapesBroadcastAsInNumPy(@ForAll("known") Shape x, @ForAll("known") Shape y) {
        int rank = Math.max(x.rank(), y.rank());
        var expected = new Dim[rank];
        boolean fits = true;
        for (int fromEnd = 1; fromEnd <= rank; fromEnd++) {
            long left = fromEnd > x.rank() ? 1 : x.dim(-fromEnd).known();
            long right = fromEnd > y.rank() ? 1 : y.dim(-fromEnd).known();
            fits &= left == right || left == 1 || right == 1;
            expected[rank - fromEnd] = Dim.of(left == 1 ? right : left);
        }
        if (fits) {
            assertThat(Shape.broadcast(x, y)).isEqualTo(Shape.of(expected));
            assertThat(x.broadcastsTo(Shape.of(expected))).isTrue();
            assertThat(x.broadcastsTo(y)).isEqualTo(Shape.of(expected).equals(y));
        } else {
            assertThatThrownBy(() -> Shape.broadcast(x, y)).isInstanceOf(TypeError.class);
        }
    }

    @Example
    void symbolsBroadcastToWhatCanRun() {
        assertThat(Shape.broadcast(Shape.of(A, Dim.ONE), Shape.of(A, B))).isEqualTo(Shape.of(A, B));
        assertThat(Shape.broadcast(Shape.of(A), Shape.of(4))).isEqualTo(Shape.of(4));
        assertThat(Shape.broadcast(Shape.of(A), Shape.of(B))).hasToString("[broadcast(a, b)]");
        assertThat(Shape.of(A).broadcastsTo(Shape.of(B, Dim.of(4)))).isTrue();
        assertThat(Shape.of(A.plus(1)).broadcastsTo(Shape.of(A))).isFalse();
    }

    @Example
    void aConflictNamesBothShapes() {
        assertThatThrownBy(() -> Shape.broadcast(Shape.of(2, 3), Shape.of(4)))
                .isInstanceOf(TypeError.class)
                .hasMessage("shapes [2,3] and [4] do not broadcast: axis 1 has sizes 3 and 4");
    }

    @Example
    void axesCountFromBothEnds() {
        Shape shape = Shape.of(2, 3, 4);
        assertThat(shape.axis(-1)).isEqualTo(2);
        assertThat(shape.axis(2)).isEqualTo(2);
        assertThat(shape.dim(-2)).isEqualTo(Dim.of(3));
        assertThatThrownBy(() -> shape.axis(3))
                .isInstanceOf(TypeError.class)
                .hasMessage("axis 3 is outside the rank of shape [2,3,4]");
        assertThatThrownBy(() -> shape.axis(-4)).isInstanceOf(TypeError.class);
    }

    @Example
    void partsAndSubstitutions() {
        Shape shape = Shape.of(A, B, Dim.of(4));
        assertThat(shape.elementCount()).isEqualTo(A.times(B).times(4));
        assertThat(shape.slice(1, 3).concat(Shape.SCALAR)).isEqualTo(Shape.of(B, Dim.of(4)));
        assertThat(shape.with(-1, Dim.ONE)).isEqualTo(Shape.of(A, B, Dim.ONE));
        assertThat(shape.symbols()).containsExactly("a", "b");
        assertThat(shape.substitute(Map.of("a", Dim.of(2))).evaluate(Map.of("b", 3L))).containsExactly(2, 3, 4);
        assertThat(shape.isKnown()).isFalse();
        assertThat(Shape.of(List.of()).elementCount()).isEqualTo(Dim.ONE);
        assertThat(new TensorType(ElementType.FLOAT32, shape)).hasToString("f32[a,b,4]");
    }
}
