package dev.skive.frontend.lang;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.SkiveException;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.graph.GraphBuilder;
import dev.skive.ir.graph.Node;
import dev.skive.ir.graph.Origin;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Add;
import dev.skive.ir.op.Body;
import dev.skive.ir.op.If;
import dev.skive.ir.op.LayerNorm;
import dev.skive.ir.op.Linear;
import dev.skive.ir.op.Loop;
import dev.skive.ir.op.Mul;
import dev.skive.ir.op.Neg;
import dev.skive.ir.op.Op;
import dev.skive.ir.op.OpSamples;
import dev.skive.ir.op.Relu;
import dev.skive.ir.op.Softmax;
import dev.skive.ir.op.Tanh;
import dev.skive.ir.type.AbsentType;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.TensorType;
import dev.skive.ir.type.Type;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Random graphs of every operator, with constants of every type and any bits, equal layers, graphs within operators, values
/// nobody uses, and odd names. The same seed gives the same graph.
final class RandomModels {
    private static final ImmutableList<DynamicSamples.Sample> SAMPLES =
            Stream.concat(
                            OpSamples.all().stream()
                                    .map(sample -> new DynamicSamples.Sample(sample.op(), sample.operands())),
                            DynamicSamples.all().stream())
                    .collect(ImmutableList.toImmutableList());
    private static final String[] NAMES = {
        "x",
        "y",
        "input:0",
        "graph",
        "weight",
        "mat_mul",
        "Add",
        "encoder.layer.0.query.weight",
        "a\"b\\c\n\u0001",
        "",
        "{i}",
        "f32",
        "batch",
        "Größe",
        "_",
        "true",
        "layers.7.w",
        "x_2",
        "h.1.mlp.bias",
        "__metadata__",
        "a.b.",
        "\ud800"
    };
    private static final int MOST_STEPS = 10;
    private static final int WIDTH = 4;

    private final Random random;
    private final RandomAttributes attributes;
    private final GraphBuilder builder;
    private final List<Value> values = new ArrayList<>();
    private final int depth;

    private RandomModels(long seed, int depth) {
        this.random = new Random(seed);
        this.attributes = new RandomAttributes(random.nextLong());
        this.depth = depth;
        this.builder = new GraphBuilder(NAMES[random.nextInt(NAMES.length)]);
    }

    /// The operators that graphs can have, but those that run graphs.
    static Stream<String> operators() {
        return SAMPLES.stream().map(sample -> Operators.name(sample.op()));
    }

    /// The graph of a seed.
    static Graph graph(long seed) {
        return new RandomModels(seed, 2).build(ImmutableList.of());
    }

    /// A graph with these inputs first, and others that it needs.
    private Graph build(List<Type> given) {
        given.forEach(type -> values.add(builder.input(unused(), type)));
        int steps = 1 + random.nextInt(MOST_STEPS);
        for (int i = 0; i < steps; i++) {
            step();
        }
        values.add(constant(attributes.type(0)));
        int outputs = 1 + random.nextInt(3);
        for (int i = 0; i < outputs; i++) {
            output(NAMES[random.nextInt(NAMES.length)], values.get(random.nextInt(values.size())));
        }
        return builder.build();
    }

    private void output(String name, Value value) {
        try {
            builder.output(name, value);
        } catch (SkiveException taken) {
            builder.output(name + names++, value);
        }
    }

    private int names;

    private String unused() {
        return NAMES[random.nextInt(NAMES.length)] + "." + names++;
    }

    private void step() {
        switch (random.nextInt(12)) {
            case 0 -> values.add(constant(attributes.type(0)));
            case 1 -> values.add(builder.input(unused(), attributes.type(2)));
            case 2 -> layers();
            case 3 -> branch();
            case 4 -> loop();
            case 5 -> values.add(apply(new Neg(), builder.input(unused(), real())).result());
            default -> sample(SAMPLES.get(random.nextInt(SAMPLES.size())));
        }
    }

    private TensorType real() {
        List<Dim> dims = IntStream.range(0, random.nextInt(4)).mapToObj(i -> attributes.extent(3)).toList();
        return new TensorType(ElementType.FLOAT32, Shape.of(dims));
    }

    private void sample(DynamicSamples.Sample sample) {
        Value[] operands = sample.operands().stream().map(this::operand).toArray(Value[]::new);
        apply(sample.op(), operands);
    }

    /// A value of this type: one there is, a constant, or an input.
    private Value operand(Type type) {
        if (type instanceof AbsentType) {
            return Value.ABSENT;
        }
        List<Value> known = values.stream().filter(value -> value.type().equals(type)).toList();
        if (!known.isEmpty() && random.nextInt(3) > 0) {
            return known.get(random.nextInt(known.size()));
        }
        boolean fixed = type instanceof TensorType tensor && tensor.shape().isKnown();
        return fixed && random.nextBoolean() ? constant(type) : builder.input(unused(), type);
    }

    /// A constant of any bits.
    private Value constant(Type type) {
        ElementType element = type instanceof TensorType tensor ? tensor.element() : ElementType.INT4;
        long[] sizes =
                type instanceof TensorType tensor && tensor.shape().isKnown()
                        ? tensor.shape().known()
                        : random.longs(random.nextInt(3), 0, 6).toArray();
        if (IntStream.range(0, sizes.length).anyMatch(i -> sizes[i] < 0 || sizes[i] > 100)) {
            return constant(new TensorType(element, Shape.of(3)));
        }
        return builder.constant(Origin.of(NAMES[random.nextInt(NAMES.length)]), data(element, sizes));
    }

    private TensorData data(ElementType element, long... sizes) {
        long count = Shape.of(sizes).elementCount().known();
        if (element == ElementType.STRING) {
            return TensorData.ofText(
                    IntStream.range(0, (int) count).mapToObj(i -> NAMES[random.nextInt(NAMES.length)]).toList(), sizes);
        }
        var bytes = TensorData.allocate(element, count);
        boolean isPlain = random.nextBoolean();
        for (long i = 0; i < bytes.byteSize(); i++) {
            bytes.set(ValueLayout.JAVA_BYTE, i, (byte) (isPlain ? 0 : random.nextInt()));
        }
        return TensorData.wrap(element, sizes, bytes);
    }

    /// Equal layers with weights of their own, which two values go into.
    private void layers() {
        Dim rows = random.nextBoolean() ? Dim.symbol("n") : Dim.symbol("n").floorDivide(2);
        var type = new TensorType(ElementType.FLOAT32, Shape.of(rows, Dim.of(WIDTH)));
        Value shared = operand(type);
        Value x = operand(type);
        int kind = random.nextInt(3);
        int count = 2 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            Value hidden = apply(new Linear(), x, weight(i, "up", WIDTH, 8), weight(i, "up", 8)).result();
            Value active = apply(random.nextInt(9) == 0 ? new Tanh() : new Relu(), hidden).result();
            Value down = apply(new Linear(), active, weight(i, "down", 8, WIDTH)).result();
            Value scaled = kind == 0 ? down : apply(new Mul(), down, shared).result();
            Value sum = apply(new Add(), x, scaled).result();
            x = kind == 1 ? apply(new LayerNorm(1, 1e-5), sum, weight(i, "norm", WIDTH)).result() : sum;
        }
        values.add(apply(new Softmax(1), x).result());
    }

    private Value weight(int layer, String part, long... sizes) {
        var data = random.nextInt(4) == 0 ? data(ElementType.FLOAT32, sizes) : normal(sizes);
        return builder.constant(Origin.of("layers." + layer + "." + part + "." + sizes.length), data);
    }

    private TensorData normal(long... sizes) {
        double[] elements = random.doubles(Shape.of(sizes).elementCount().known()).toArray();
        return TensorData.ofReals(ElementType.FLOAT32, elements, sizes);
    }

    private void branch() {
        Value condition = operand(new TensorType(ElementType.BOOL, Shape.SCALAR));
        List<Value> operands = new ArrayList<>(List.of(condition));
        captured(operands);
        Body yes = body(ImmutableList.of(), operands, 1);
        int results = yes.graph().outputs().size();
        Body no = body(ImmutableList.of(), operands, 1);
        if (no.graph().outputs().size() == results) {
            apply(new If(yes, no, yes.results()), operands.toArray(Value[]::new));
        }
    }

    private void loop() {
        Value count = random.nextBoolean() ? operand(new TensorType(ElementType.INT64, Shape.SCALAR)) : Value.ABSENT;
        List<Value> operands = new ArrayList<>(List.of(count, Value.ABSENT));
        List<Type> given = new ArrayList<>();
        given.add(new TensorType(ElementType.INT64, Shape.SCALAR));
        given.add(new TensorType(ElementType.BOOL, Shape.SCALAR));
        int states = random.nextInt(3);
        for (int i = 0; i < states && !values.isEmpty(); i++) {
            operands.add(values.get(random.nextInt(values.size())));
            given.add(operands.getLast().type());
        }
        int carried = operands.size() - 2;
        captured(operands);
        Body body = body(given, operands, 2 + carried);
        ImmutableList<Type> types = body.results().subList(1, body.results().size());
        if (types.size() >= carried && !types.isEmpty()) {
            apply(new Loop(body, carried, types), operands.toArray(Value[]::new));
        }
    }

    /// Operands that a graph can take; the same value can be there twice.
    private void captured(List<Value> operands) {
        for (int i = 0; i < random.nextInt(4) && !values.isEmpty(); i++) {
            operands.add(values.get(random.nextInt(values.size())));
        }
    }

    private Body body(List<Type> given, List<Value> operands, int first) {
        List<Integer> captures = new ArrayList<>();
        List<Type> types = new ArrayList<>(given);
        for (int i = first; i < operands.size(); i++) {
            if (random.nextInt(4) > 0) {
                captures.add(i);
                types.add(operands.get(i).type());
            }
        }
        Graph graph = depth == 0 ? flat(types) : new RandomModels(random.nextLong(), depth - 1).build(types);
        for (Value input : graph.inputs().subList(types.size(), graph.inputs().size())) {
            captures.add(operands.size());
            operands.add(operand(input.type()));
        }
        return new Body(graph, ImmutableList.copyOf(captures));
    }

    private Graph flat(List<Type> types) {
        var inner = new GraphBuilder("flat");
        for (Type type : types) {
            inner.input("in" + names++, type);
        }
        inner.output("out", inner.constant(Origin.of("c"), data(ElementType.FLOAT32, 2)));
        return inner.build();
    }

    private Node apply(Op op, Value... operands) {
        Node node = builder.addNode(Origin.of(NAMES[random.nextInt(NAMES.length)]), op, List.of(operands));
        for (int i = 0; i < node.types().size(); i++) {
            values.add(node.result(i));
        }
        return node;
    }
}
