package dev.skive.codegen.emit;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import dev.skive.codegen.differential.RandomCase;
import dev.skive.codegen.plan.Buffer;
import dev.skive.codegen.plan.View;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class LoopNestTest {
    private static final Dim N = Dim.symbol("n");

    private static View contiguous(Dim... dims) {
        Shape shape = Shape.of(dims);
        var buffer = new Buffer(0, "x", ElementType.FLOAT32, shape.elementCount(), Optional.empty());
        return View.contiguous(buffer, shape);
    }

    @Test
    void contiguousViewsAreOneLoop() {
        View x = contiguous(N, Dim.of(3), Dim.of(5));
        var nest = new LoopNest(x.shape(), List.of(x, x));
        assertThat(nest.isFlat()).isTrue();
        assertThat(nest.inner()).isEqualTo(N.times(15));
        assertThat(nest.innerStride(1)).isEqualTo(Dim.ONE);
    }

    @Test
    void aRowRepeatedOverRowsLoopsOverRows() {
        View x = contiguous(N, Dim.of(4), Dim.of(5));
        View row = contiguous(Dim.of(5)).expand(x.shape());
        var nest = new LoopNest(x.shape(), List.of(x, row));
        assertThat(nest.isFlat()).isFalse();
        assertThat(nest.outer()).isEqualTo(N.times(4));
        assertThat(nest.inner()).isEqualTo(Dim.of(5));
        assertThat(nest.innerStride(1)).isEqualTo(Dim.ONE);
    }

    @Test
    void scalarsAreALoopOfOne() {
        var nest = new LoopNest(Shape.SCALAR, List.of(contiguous()));
        assertThat(nest.isFlat()).isTrue();
        assertThat(nest.inner()).isEqualTo(Dim.ONE);
    }

    /// Merging axes loses no position, and what was one loop for all views is one for each.
    @Property(tries = 300)
    void everyPositionIsVisited(@ForAll long seed) {
        var random = new RandomCase(seed);
        var dims = new Dim[random.from(1, 4)];
        for (int i = 0; i < dims.length; i++) {
            dims[i] = random.one(N, Dim.ONE, Dim.of(2), Dim.of(7));
        }
        View x = contiguous(dims);
        var order = new java.util.ArrayList<>(java.util.stream.IntStream.range(0, dims.length).boxed().toList());
        java.util.Collections.shuffle(order, random.random());
        View turned = x.transpose(order);
        View plain = contiguous(turned.shape().dims().toArray(Dim[]::new));
        var nest = new LoopNest(turned.shape(), ImmutableList.of(plain, turned));
        assertThat(nest.outer().times(nest.inner())).isEqualTo(x.shape().elementCount());
        assertThat(nest.isFlat()).isEqualTo(turned.isContiguous() || nest.outer().is(1));
    }
}
