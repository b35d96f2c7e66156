package dev.skive.passes.rule.instance;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.SkiveException;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.GraphBuilder;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Abs;
import dev.skive.ir.op.Constant;
import dev.skive.ir.op.Input;
import dev.skive.ir.op.Neg;
import dev.skive.ir.op.Op;
import dev.skive.ir.op.Relu;
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
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/// A graph like another, with some of everything changed at random: element types, sizes, which sizes are known, ranks,
/// attributes, the elements of constants, what is a constant and what an input, which operands are one value, their order,
/// and which values are outputs. Each kind of change is made in some variations only, so that most differ in one or two
/// respects. Changes that give no graph are given up.
final class GraphVariation {
    private static final double KIND_SHARE = 0.3;
    private static final double PLACE_SHARE = 0.4;
    private static final int ATTEMPTS = 4;
    private static final int MOST_ELEMENTS = 4096;
    private static final List<ElementType> USUAL =
            List.of(
                    ElementType.FLOAT32,
                    ElementType.FLOAT64,
                    ElementType.FLOAT16,
                    ElementType.BFLOAT16,
                    ElementType.INT64,
                    ElementType.INT32,
                    ElementType.INT8,
                    ElementType.UINT8,
                    ElementType.BOOL);
    private static final List<ElementType> EVALUATED =
            Arrays.stream(ElementType.values()).filter(type -> type.kind() != ElementType.Kind.COMPLEX).toList();

    /// What can be changed.
    private enum Kind {
        ELEMENT,
        SIZE,
        SYMBOL,
        RANK,
        ATTRIBUTE,
        DATA,
        SOURCE,
        SHARING,
        ORDER,
        OUTPUTS
    }

    private final Graph seed;
    private final Random random;
    private final RandomElements elements;
    private final List<Kind> kinds = new ArrayList<>();
    private final Map<ElementType, ElementType> elementTypes = new HashMap<>();
    private final Map<Dim, Dim> sizes = new HashMap<>();
    private final GraphBuilder builder;
    private final Map<Value, Value> mapped = new HashMap<>();
    private final List<Value> made = new ArrayList<>();
    private int names;

    private GraphVariation(Graph seed, Random random) {
        this.seed = seed;
        this.random = random;
        this.builder = new GraphBuilder(seed.name());
        boolean isSpecial = random.nextInt(3) == 0;
        var range = isSpecial ? RandomElements.Range.SPECIAL : RandomElements.Range.ORDINARY;
        this.elements = new RandomElements(random, range);
        for (Kind kind : Kind.values()) {
            if (random.nextDouble() < KIND_SHARE) {
                kinds.add(kind);
            }
        }
    }

    /// A variation of a graph, unless its changes give no graph.
    static Optional<Graph> of(Graph seed, Random random) {
        var variation = new GraphVariation(seed, random);
        try {
            return Optional.of(variation.build()).filter(Symbols::areBound);
        } catch (SkiveException | TypeError | ArithmeticException noGraph) {
            return Optional.empty();
        }
    }

    private boolean does(Kind kind) {
        return kinds.contains(kind) && random.nextDouble() < PLACE_SHARE;
    }

    private Graph build() {
        mapped.put(Value.ABSENT, Value.ABSENT);
        for (Node node : seed.nodes()) {
            switch (node.op()) {
                case Input(String name, TensorType type) -> put(node, input(name, type));
                case Input(String name, var type) -> put(node, builder.input(name, type));
                case Constant(TensorData data) -> put(node, constant(data));
                default -> apply(node);
            }
        }
        seed.outputs().forEach((name, value) -> builder.output(name, map(value)));
        if (kinds.contains(Kind.OUTPUTS)) {
            made.stream().filter(_ -> does(Kind.OUTPUTS)).forEach(value -> builder.output("extra" + names++, value));
        }
        return builder.build();
    }

    private void put(Node node, Value value) {
        mapped.put(node.result(), value);
    }

    private Value map(Value old) {
        return Optional.ofNullable(mapped.get(old)).orElseThrow(() -> new AssertionError("not visited: " + old));
    }

    private Value input(String name, TensorType old) {
        TensorType type = type(old);
        if (does(Kind.SHARING)) {
            List<Value> same = made.stream().filter(value -> value.type().equals(type)).toList();
            if (!same.isEmpty()) {
                return same.get(random.nextInt(same.size()));
            }
        }
        if (does(Kind.SOURCE) && type.shape().isKnown() && type.shape().elementCount().known() < MOST_ELEMENTS) {
            return remember(builder.constant(origin(), elements.tensor(type.element(), type.shape().known()).toData()));
        }
        Value input = remember(builder.input(name, type));
        if (does(Kind.SOURCE) && type.element().isReal()) {
            Op op = List.of(new Neg(), new Abs(), new Relu()).get(random.nextInt(3));
            return remember(builder.add(origin(), op, input));
        }
        return input;
    }

    private Value remember(Value value) {
        made.add(value);
        return value;
    }

    private Origin origin() {
        return Origin.of("varied" + names++);
    }

    private TensorType type(TensorType old) {
        Shape shape = Shape.of(old.shape().dims().stream().map(this::size).toList());
        if (does(Kind.RANK)) {
            shape =
                    random.nextBoolean() || shape.rank() == 0
                            ? Shape.of(someSize()).concat(shape)
                            : shape.slice(1, shape.rank());
        }
        return new TensorType(element(old.element()), shape);
    }

    private ElementType element(ElementType old) {
        return kinds.contains(Kind.ELEMENT) ? elementTypes.computeIfAbsent(old, this::otherElement) : old;
    }

    private ElementType otherElement(ElementType old) {
        List<ElementType> all = random.nextInt(4) == 0 ? EVALUATED : USUAL;
        ElementType other = all.get(random.nextInt(all.size()));
        return other.kind() != old.kind() && random.nextBoolean() ? old : other;
    }

    private Dim size(Dim old) {
        if (old.isKnown() || old.asSymbol().isPresent()) {
            return sizes.computeIfAbsent(old, this::otherSize);
        }
        var symbols = new HashMap<String, Dim>();
        old.symbols().forEach(symbol -> symbols.put(symbol, size(Dim.symbol(symbol))));
        return old.substitute(symbols);
    }

    private Dim otherSize(Dim old) {
        if (does(Kind.SYMBOL)) {
            return old.isKnown() ? Dim.symbol("s" + names++) : someSize();
        }
        return does(Kind.SIZE) && old.isKnown() ? someSize() : old;
    }

    private Dim someSize() {
        int[] usual = {0, 1, 1, 2, 2, 3, 4, 5, 6, 8};
        return Dim.of(usual[random.nextInt(usual.length)]);
    }

    private Value constant(TensorData old) {
        TensorType type = type(old.type());
        if (!type.shape().isKnown()) {
            return remember(builder.input("variable" + names++, type));
        }
        if (does(Kind.SOURCE)) {
            return remember(builder.input("variable" + names++, type));
        }
        long[] wanted = old.count() == 1 && does(Kind.RANK) ? ones() : type.shape().known();
        Tensor data =
                does(Kind.DATA) && random.nextBoolean()
                        ? elements.tensor(type.element(), wanted)
                        : ConstantData.resized(old, type.element(), wanted);
        boolean isTouched = kinds.contains(Kind.DATA) && random.nextDouble() < PLACE_SHARE / 2;
        return remember(builder.constant(origin(), (isTouched ? ConstantData.touched(data, elements) : data).toData()));
    }

    private long[] ones() {
        var all = new long[random.nextInt(4)];
        Arrays.fill(all, 1);
        return all;
    }

    private void apply(Node node) {
        var operands = new ArrayList<Value>(node.operands().stream().map(this::map).toList());
        if (does(Kind.ORDER)) {
            Collections.shuffle(operands, random);
        }
        Node created = create(op(node), operands);
        if (created.types().size() != node.types().size()) {
            throw new TypeError("another number of results");
        }
        for (int i = 0; i < node.types().size(); i++) {
            mapped.put(node.result(i), created.result(i));
            made.add(created.result(i));
        }
    }

    private Op op(Node node) {
        Op op = Attributes.mapElements(Attributes.mapSizes(node.op(), this::size), this::element);
        return does(Kind.ATTRIBUTE) ? Attributes.vary(op, random).orElse(op) : op;
    }

    /// The application, with other attributes when these do not fit the operands any more.
    private Node create(Op op, List<Value> operands) {
        Origin origin = origin();
        var fitting = new FittingAttributes(random);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<Op> tried = attempt == 0 ? Optional.of(op) : fitting.of(op.getClass(), types(operands));
            if (tried.isPresent()) {
                try {
                    return builder.addNode(origin, tried.get(), operands);
                } catch (SkiveException unfit) {
                    // Others may fit.
                }
            }
        }
        throw new TypeError("no attributes of " + op.mnemonic() + " fit");
    }

    private static ImmutableList<Type> types(List<Value> operands) {
        return operands.stream().map(Value::type).collect(ImmutableList.toImmutableList());
    }
}
