package dev.skive.passes.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class LeastSquaresTest {
    private static final int ROWS = 200;

    @Property(tries = 100)
    void findsAnAffineMap(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int width) {
        var random = new Random(seed);
        double[] map = random.doubles((long) width * width, -1, 1).toArray();
        double[] shift = random.doubles(width, -1, 1).toArray();
        double[] x = random.doubles((long) ROWS * width, -1, 1).toArray();
        var y = new double[x.length];
        for (int row = 0; row < ROWS; row++) {
            for (int j = 0; j < width; j++) {
                y[row * width + j] = shift[j] + x[row * width + j];
                for (int i = 0; i < width; i++) {
                    y[row * width + j] += x[row * width + i] * map[i * width + j];
                }
            }
        }
        var squares = new LeastSquares(width);
        squares.add(x, y);

        LeastSquares.Affine found = squares.solve(1e-12);

        assertThat(squares.count()).isEqualTo(ROWS);
        assertThat(found.difference().toArray()).containsExactly(map, within(1e-9));
        assertThat(found.shift().toArray()).containsExactly(shift, within(1e-9));
    }

    /// One number, worked out by hand: x of -1 and 1, y of -3 and 5, so that y = 4x + 1; with ridge 1 the slope less one is
    /// 6 / (2 + 2).
    @Example
    void isDrawnToTheIdentity() {
        var squares = new LeastSquares(1);
        squares.add(new double[] {-1, 1}, new double[] {-3, 5});

        LeastSquares.Affine map = squares.solve(1);

        assertThat(map.difference().toArray()).containsExactly(new double[] {1.5}, within(1e-12));
        assertThat(map.shift().toArray()).containsExactly(new double[] {1}, within(1e-12));
    }
}
