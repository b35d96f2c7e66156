package dev.skive.passes.rule.instance;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.skive.frontend.lang.Attribute;
import dev.skive.frontend.lang.AttributeForm;
import dev.skive.frontend.lang.Operators;
import dev.skive.ir.op.Expand;
import dev.skive.ir.op.Op;
import dev.skive.ir.op.Pad;
import dev.skive.ir.op.Reshape;
import dev.skive.ir.op.ShapeOf;
import dev.skive.ir.op.Slice;
import dev.skive.ir.op.Window;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.TensorType;
import dev.skive.ir.type.Type;
import dev.skive.ir.type.TypeError;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// Attributes that an operator may well have over given operands: axes within the rank, orders of all axes, sizes with as
/// many elements, ranges that stay inside.
///
/// @param random decides
record FittingAttributes(Random random) {
    private static final double[] NUMBERS = {1e-5, 1e-3, 0.5, 1, 2};
    private static final List<ElementType> CASTS =
            Arrays.stream(ElementType.values())
                    .filter(type -> type.kind() != ElementType.Kind.COMPLEX && type != ElementType.STRING)
                    .toList();

    /// The operator with attributes for operands of these types, as far as they can be guessed from the first one.
    Optional<Op> of(Class<? extends Op> operator, List<? extends Type> operands) {
        if (operands.isEmpty() || !(operands.getFirst() instanceof TensorType(var element, Shape shape))) {
            return Optional.empty();
        }
        if (operator == Reshape.class) {
            return Optional.of(new Reshape(regrouped(shape).dims()));
        } else if (operator == Expand.class) {
            return Optional.of(new Expand(expanded(shape)));
        } else if (operator == Slice.class) {
            return Optional.of(slice(shape));
        } else if (operator == Pad.class) {
            return Optional.of(
                    new Pad(few(shape), few(shape), operands.size() == 2 ? Pad.Mode.CONSTANT : Pad.Mode.EDGE));
        } else if (operator == ShapeOf.class) {
            int from = random.nextInt(shape.rank() + 1);
            return Optional.of(new ShapeOf(from, from + random.nextInt(shape.rank() - from + 1)));
        }
        return byForms(operator, shape);
    }

    private Optional<Op> byForms(Class<? extends Op> operator, Shape shape) {
        var values = new HashMap<String, Attribute>();
        for (AttributeForm form : Operators.attributes(operator.getSimpleName())) {
            Optional<Attribute> value = attribute(form, shape);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            values.put(form.name(), value.get());
        }
        try {
            return Optional.of(Operators.create(operator.getSimpleName(), values));
        } catch (TypeError | IllegalArgumentException refused) {
            return Optional.empty();
        }
    }

    private Optional<Attribute> attribute(AttributeForm form, Shape shape) {
        Class<?> type = form.type().getRawType();
        if (type == int.class) {
            return Optional.of(new Attribute.Whole(shape.rank() == 0 ? 0 : random.nextInt(shape.rank())));
        } else if (type == long.class) {
            return Optional.of(new Attribute.Whole(random.nextInt(3) == 0 ? 2 : 1));
        } else if (type == boolean.class) {
            return Optional.of(new Attribute.Truth(random.nextBoolean()));
        } else if (type == double.class) {
            return Optional.of(new Attribute.Real(NUMBERS[random.nextInt(NUMBERS.length)]));
        } else if (type == ElementType.class) {
            return Optional.of(new Attribute.Word(CASTS.get(random.nextInt(CASTS.size())).text()));
        } else if (type.isEnum()) {
            List<String> words = AttributeWords.of(form);
            return Optional.of(new Attribute.Word(words.get(random.nextInt(words.size()))));
        } else if (type == Dim.class) {
            return Optional.of(new Attribute.Whole(random.nextInt(4)));
        } else if (type == Window.class) {
            return shape.rank() < 2 ? Optional.empty() : Optional.of(window(shape.rank() - 2));
        } else if (form.name().equals("perm")) {
            return Optional.of(items(order(shape.rank())));
        } else if (form.name().equals("axes")) {
            return Optional.of(items(someAxes(shape.rank())));
        }
        return Optional.empty();
    }

    private static Attribute items(List<? extends Number> numbers) {
        return new Attribute.Items(
                numbers.stream()
                        .map(number -> new Attribute.Whole(number.longValue()))
                        .collect(ImmutableList.toImmutableList()));
    }

    private ImmutableList<Integer> order(int rank) {
        var axes = new ArrayList<>(IntStream.range(0, rank).boxed().toList());
        Collections.shuffle(axes, random);
        return ImmutableList.copyOf(axes);
    }

    private ImmutableList<Integer> someAxes(int rank) {
        return IntStream.range(0, rank)
                .filter(_ -> random.nextBoolean())
                .boxed()
                .collect(ImmutableList.toImmutableList());
    }

    /// Another shape of as many elements: axes joined with their neighbour, split in two, and axes of size 1 put in and
    /// taken out.
    private Shape regrouped(Shape shape) {
        var dims = new ArrayList<Dim>(shape.dims());
        for (int steps = random.nextInt(4); steps > 0; steps--) {
            int axis = dims.isEmpty() ? 0 : random.nextInt(dims.size());
            switch (random.nextInt(4)) {
                case 0 -> dims.add(axis, Dim.ONE);
                case 1 -> dims.removeIf(dim -> dim.is(1) && random.nextBoolean());
                case 2 -> join(dims, axis);
                default -> split(dims, axis);
            }
        }
        return Shape.of(dims);
    }

    private static void join(List<Dim> dims, int axis) {
        if (axis + 1 < dims.size()) {
            dims.set(axis, dims.get(axis).times(dims.remove(axis + 1)));
        }
    }

    private void split(List<Dim> dims, int axis) {
        if (dims.isEmpty()) {
            return;
        }
        List<Long> divisors =
                LongStream.rangeClosed(2, 4)
                        .filter(divisor -> dims.get(axis).divideExactly(Dim.of(divisor)).isPresent())
                        .boxed()
                        .toList();
        if (!divisors.isEmpty()) {
            long divisor = divisors.get(random.nextInt(divisors.size()));
            dims.set(axis, dims.get(axis).divideExactly(Dim.of(divisor)).orElseThrow());
            dims.add(axis + random.nextInt(2), Dim.of(divisor));
        }
    }

    private ImmutableList<Dim> expanded(Shape shape) {
        var dims = new ArrayList<Dim>();
        for (Dim dim : shape.dims()) {
            dims.add(
                    dim.is(1) && random.nextBoolean()
                            ? Dim.of(random.nextInt(4))
                            : random.nextInt(4) == 0 ? Dim.ONE : dim);
        }
        if (random.nextInt(3) == 0) {
            dims.addFirst(Dim.of(1 + random.nextInt(3)));
        }
        return ImmutableList.copyOf(dims);
    }

    private ImmutableList<Dim> few(Shape shape) {
        return shape.dims().stream()
                .map(_ -> Dim.of(Math.max(0, random.nextInt(4) - 1)))
                .collect(ImmutableList.toImmutableList());
    }

    private Slice slice(Shape shape) {
        var starts = ImmutableList.<Dim>builder();
        var sizes = ImmutableList.<Dim>builder();
        var steps = ImmutableList.<Long>builder();
        for (Dim dim : shape.dims()) {
            if (!dim.isKnown() || random.nextInt(3) == 0) {
                starts.add(Dim.ZERO);
                sizes.add(dim);
                steps.add(1L);
            } else {
                long size = dim.known();
                long step = random.nextInt(3) == 0 ? 2 : 1;
                long count = size == 0 ? 0 : random.nextInt(Math.toIntExact(Math.ceilDiv(size, step)) + 1);
                long span = Math.max(0, (count - 1) * step);
                long start = size == 0 ? 0 : random.nextInt(Math.toIntExact(Math.max(1, size - span)));
                boolean backwards = random.nextInt(3) == 0;
                starts.add(Dim.of(backwards ? start + span : start));
                sizes.add(Dim.of(count));
                steps.add(backwards ? -step : step);
            }
        }
        return new Slice(starts.build(), sizes.build(), steps.build());
    }

    private Attribute window(int rank) {
        return new Attribute.Group(
                "Window",
                ImmutableMap.of(
                        "strides", items(numbers(rank, 1, 2)),
                        "dilations", items(numbers(rank, 1, 2)),
                        "before", items(numbers(rank, 0, 1)),
                        "after", items(numbers(rank, 0, 1))));
    }

    /// Mostly the first number, sometimes the second.
    private List<Long> numbers(int count, long often, long seldom) {
        return LongStream.range(0, count).map(_ -> random.nextInt(3) == 0 ? seldom : often).boxed().toList();
    }
}
