package dev.skive.codegen.differential;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.op.Expand;
import dev.skive.ir.op.Op;
import dev.skive.ir.op.Reshape;
import dev.skive.ir.op.Slice;
import dev.skive.ir.op.Transpose;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.stream.IntStream;

/// Random operators that move elements and can be views.
public final class Movements {
    private static final int HIGHEST_RANK = 5;

    private Movements() {}

    /// An operator for an operand of this shape, of rank 1 or more.
    public static Op any(RandomCase random, Shape shape) {
        return switch (random.from(0, 3)) {
            case 0 -> new Transpose(permutation(random, shape.rank()));
            case 1 -> sliced(random, shape);
            case 2 -> new Reshape(regrouped(random, shape));
            default -> expanded(random, shape);
        };
    }

    /// Axes of size 1 repeated, and a new axis in front while there are few.
    private static Op expanded(RandomCase random, Shape shape) {
        var dims = new ArrayList<Dim>();
        for (Dim dim : shape.dims()) {
            dims.add(dim.is(1) && random.random().nextBoolean() ? Dim.of(3) : dim);
        }
        if (shape.rank() < HIGHEST_RANK) {
            dims.addFirst(random.one(Dim.ONE, Dim.of(2)));
        }
        return new Expand(ImmutableList.copyOf(dims));
    }

    private static ImmutableList<Integer> permutation(RandomCase random, int rank) {
        var perm = new ArrayList<>(IntStream.range(0, rank).boxed().toList());
        Collections.shuffle(perm, random.random());
        return ImmutableList.copyOf(perm);
    }

    /// Part of each axis of known size, some backwards or in steps; symbolic axes whole, sometimes backwards.
    private static Slice sliced(RandomCase random, Shape shape) {
        var starts = ImmutableList.<Dim>builder();
        var sizes = ImmutableList.<Dim>builder();
        var steps = ImmutableList.<Long>builder();
        for (Dim dim : shape.dims()) {
            boolean backwards = random.from(0, 3) == 0;
            if (!dim.isKnown()) {
                starts.add(backwards ? dim.minus(Dim.ONE) : Dim.ZERO);
                sizes.add(dim);
                steps.add(backwards ? -1L : 1L);
                continue;
            }
            int size = (int) dim.known();
            int step = random.from(1, 2);
            int first = random.from(0, size - 1);
            int room = backwards ? first : size - 1 - first;
            starts.add(Dim.of(first));
            sizes.add(Dim.of(random.from(1, room / step + 1)));
            steps.add(backwards ? -(long) step : step);
        }
        return new Slice(starts.build(), sizes.build(), steps.build());
    }

    /// Neighbouring axes merged, or an axis of size 1 put in, or all of them in a row.
    private static ImmutableList<Dim> regrouped(RandomCase random, Shape shape) {
        var dims = new ArrayList<>(shape.dims());
        int at = random.from(0, dims.size() - 1);
        switch (random.from(0, 2)) {
            case 0 -> dims.add(at, Dim.ONE);
            case 1 -> {
                if (at > 0) {
                    dims.set(at - 1, dims.get(at - 1).times(dims.remove(at)));
                }
            }
            default -> {
                Dim dim = dims.get(at);
                if (dim.isKnown() && dim.known() % 2 == 0) {
                    dims.set(at, Dim.of(2));
                    dims.add(at, Dim.of(dim.known() / 2));
                }
            }
        }
        return ImmutableList.copyOf(dims);
    }
}
