package dev.skive.frontend.lang;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Primitives;
import com.google.common.reflect.TypeToken;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.RandomGraphs;
import dev.skive.ir.op.Body;
import dev.skive.ir.op.Op;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.OptionalType;
import dev.skive.ir.type.SequenceType;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.TensorType;
import dev.skive.ir.type.Type;
import dev.skive.ir.type.UnrankedType;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/// Random operators of every kind with attributes of any value, whether operands could fit them or not.
final class RandomAttributes {
    private static final double[] DOUBLES = {
        0,
        -0.0,
        1,
        -2,
        1e-5,
        (float) 1e-5,
        1e22,
        Double.MIN_VALUE,
        Double.MAX_VALUE,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY
    };
    private static final String[] NAMES = {
        "batch",
        "sequence_length",
        "encoder.layer.0",
        "a.",
        "max(a, b)",
        "in",
        "_",
        "nan",
        "a\"b\\c\n",
        "Größe",
        "\ud800",
        "",
        " "
    };

    private final Random random;

    RandomAttributes(long seed) {
        this.random = new Random(seed);
    }

    /// An operator of this kind.
    Op operator(String name) {
        GroupForm form =
                GroupForm.all(Op.class).stream().filter(found -> found.name().equals(name)).findFirst().orElseThrow();
        return (Op) record(form.record());
    }

    private Object record(Class<?> record) {
        try {
            var components = record.getRecordComponents();
            var types = new Class<?>[components.length];
            var values = new Object[components.length];
            for (int i = 0; i < types.length; i++) {
                types[i] = components[i].getType();
                values[i] = value(TypeToken.of(components[i].getGenericType()));
            }
            return record.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    private Object value(TypeToken<?> type) {
        Class<?> raw = Primitives.wrap(type.getRawType());
        if (raw == ImmutableList.class) {
            return IntStream.range(0, random.nextInt(4))
                    .mapToObj(i -> value(type.resolveType(raw.getTypeParameters()[0])))
                    .collect(ImmutableList.toImmutableList());
        }
        if (raw == Optional.class) {
            return random.nextBoolean()
                    ? Optional.empty()
                    : Optional.of(value(type.resolveType(raw.getTypeParameters()[0])));
        }
        if (raw.isEnum()) {
            return raw.getEnumConstants()[random.nextInt(raw.getEnumConstants().length)];
        }
        return switch (raw.getSimpleName()) {
            case "Integer" -> random.nextInt();
            case "Long" -> random.nextLong();
            case "Double" -> real();
            case "Float" -> (float) real();
            case "Boolean" -> random.nextBoolean();
            case "String" -> NAMES[random.nextInt(NAMES.length)];
            case "Dim" -> size(3);
            case "Type" -> type(2);
            case "SequenceType" -> new SequenceType(type(1));
            case "OptionalType" -> new OptionalType(type(1));
            case "Body" -> new Body(RandomGraphs.graph(random.nextLong()), ImmutableList.of(random.nextInt(5)));
            case "TensorData" -> TensorData.ofReals(ElementType.FLOAT64, new double[] {real(), real()}, 2);
            default -> record(member(raw));
        };
    }

    private Class<?> member(Class<?> family) {
        var records = GroupForm.all(family);
        return records.get(random.nextInt(records.size())).record();
    }

    private double real() {
        int at = random.nextInt(DOUBLES.length + 2);
        return at < DOUBLES.length ? DOUBLES[at] : random.nextGaussian();
    }

    /// A type.
    Type type(int depth) {
        return switch (random.nextInt(depth > 0 ? 4 : 2)) {
            case 0 -> new UnrankedType(element());
            case 1 -> new TensorType(element(), Shape.of(IntStream.range(0, 3).mapToObj(i -> extent(2)).toList()));
            case 2 -> new SequenceType(type(depth - 1));
            default -> new OptionalType(type(depth - 1));
        };
    }

    private ElementType element() {
        List<ElementType> all = List.of(ElementType.values());
        return all.get(random.nextInt(all.size()));
    }

    /// A size that is not known to be negative.
    Dim extent(int depth) {
        Dim size = size(depth);
        return size.isKnown() && size.known() < 0 ? size.times(-1) : size;
    }

    /// A size, or a difference of sizes.
    Dim size(int depth) {
        if (depth == 0 || random.nextInt(3) == 0) {
            return random.nextBoolean()
                    ? Dim.of(random.nextInt(-5, 100))
                    : Dim.symbol(NAMES[random.nextInt(NAMES.length)]);
        }
        Dim left = size(depth - 1);
        Dim right = size(depth - 1);
        return switch (random.nextInt(7)) {
            case 0 -> left.plus(right);
            case 1 -> left.minus(right);
            case 2 -> left.times(right);
            case 3 -> left.min(right);
            case 4 -> left.max(right);
            case 5 -> Dim.broadcast(left, right);
            default -> left.floorDivide(Dim.of(2).plus(Dim.symbol("n")));
        };
    }
}
