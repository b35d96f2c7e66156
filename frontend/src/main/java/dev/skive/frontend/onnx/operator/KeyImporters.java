package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Doubles;
import com.google.common.primitives.Longs;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.graph.Value;
import dev.skive.ir.op.Cast;
import dev.skive.ir.op.Equal;
import dev.skive.ir.op.Gather;
import dev.skive.ir.op.KeyPlaces;
import dev.skive.ir.op.Reshape;
import dev.skive.ir.op.TextPick;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// Operators of `ai.onnx.ml` that look elements up.
final class KeyImporters {
    private static final String ABSENT_TEXT = "_Unused";

    private KeyImporters() {}

    /// `LabelEncoder`: what a table says of each element. Of equal keys the first counts; NaN is a key since opset 4.
    static Value encode(NodeContext node) {
        if (node.opset() < 2) {
            ImmutableList<String> classes = texts(node, "classes_strings");
            TensorData names = TensorData.ofText(classes, classes.size());
            return translate(node, names, longs(LongStream.range(0, classes.size()).toArray()));
        }
        TensorData keys = list(node, "keys");
        TensorData values = list(node, "values");
        if (keys.count() != values.count()) {
            throw node.failure("%s keys, but %s values", keys.count(), values.count());
        }
        TensorData absent = absent(node, values.element());
        if (node.opset() < 4 && keys.element().isReal()) {
            // No element is equal to NaN.
            int[] kept =
                    IntStream.range(0, Math.toIntExact(keys.count()))
                            .filter(i -> !Double.isNaN(keys.getDouble(i)))
                            .toArray();
            return lookUp(node, picked(keys, kept), picked(values, kept), absent);
        }
        return lookUp(node, keys, values, absent);
    }

    private static TensorData picked(TensorData list, int... places) {
        return Tensor.of(list).pick(places, places.length).toData();
    }

    private static TensorData list(NodeContext node, String name) {
        Optional<TensorData> tensor = node.attributes().tensor(name + "_tensor").map(node.tensors()::read);
        return node.attributes()
                .texts(name + "_strings")
                .map(list -> TensorData.ofText(list, list.size()))
                .or(() -> node.attributes().integers(name + "_int64s").map(list -> longs(Longs.toArray(list))))
                .or(() ->
                        node.attributes()
                                .reals(name + "_floats")
                                .map(list ->
                                        TensorData.ofReals(ElementType.FLOAT32, Doubles.toArray(list), list.size())))
                .or(() -> tensor.map(data -> data.reshape(data.count())))
                .orElseThrow(() -> node.failure("%s are missing", name));
    }

    /// What elements without a key become.
    private static TensorData absent(NodeContext node, ElementType element) {
        String text = node.attributes().text("default_string", ABSENT_TEXT);
        long integer = node.attributes().integer("default_int64", -1);
        float real = node.attributes().real("default_float", -0f);
        Optional<TensorData> tensor = node.attributes().tensor("default_tensor").map(node.tensors()::read);
        if (tensor.isPresent() && (tensor.get().element() != element || tensor.get().count() != 1)) {
            throw node.failure("the default must be one %s, found %s", element, tensor.get());
        }
        return tensor.map(data -> data.reshape(1))
                .orElseGet(() ->
                        element == ElementType.STRING
                                ? TensorData.ofText(List.of(text), 1)
                                : TensorData.ofReals(element, new double[] {element.isReal() ? real : integer}, 1));
    }

    private static TensorData longs(long... numbers) {
        return TensorData.ofLongs(numbers, numbers.length);
    }

    private static ImmutableList<String> texts(NodeContext node, String name) {
        return node.attributes().texts(name).orElseThrow(() -> node.failure("attribute '%s' is missing", name));
    }

    /// `CategoryMapper`: numbers for names, or names for numbers. Of equal keys the last counts.
    static Value map(NodeContext node) {
        ImmutableList<String> names = texts(node, "cats_strings").reverse();
        ImmutableList<Long> numbers =
                node.attributes()
                        .integers("cats_int64s")
                        .orElseThrow(() -> node.failure("attribute 'cats_int64s' is missing"))
                        .reverse();
        if (names.size() != numbers.size()) {
            throw node.failure("%s names, but %s numbers", names.size(), numbers.size());
        }
        return translate(node, TensorData.ofText(names, names.size()), longs(Longs.toArray(numbers)));
    }

    /// Names to numbers or numbers to names, as the operand is.
    private static Value translate(NodeContext node, TensorData names, TensorData numbers) {
        boolean isText = TextMoves.isText(node.operand(0));
        TensorData keys = isText ? names : numbers;
        TensorData values = isText ? numbers : names;
        return lookUp(node, keys, values, absent(node, values.element()));
    }

    private static Value lookUp(NodeContext node, TensorData keys, TensorData values, TensorData absent) {
        if (node.element(0) != keys.element()) {
            throw node.failure("keys of %s cannot be found in %s", keys.element(), node.operand(0).type());
        }
        return pick(node, joined(values, absent), places(node, node.operand(0), keys));
    }

    /// The places of elements among keys.
    private static Value places(NodeContext node, Value x, TensorData keys) {
        boolean isWidened = keys.element().isInteger() && keys.element() != ElementType.INT64;
        Value elements = isWidened ? node.add(new Cast(ElementType.INT64), x) : x;
        Value all = node.constant(isWidened ? longs(keys.longs()) : keys);
        return node.addDynamic(new KeyPlaces(), elements, all).getFirst();
    }

    private static TensorData joined(TensorData values, TensorData last) {
        long count = values.count() + 1;
        if (values.element() == ElementType.STRING) {
            var all = new ArrayList<>(values.text());
            all.addAll(last.text());
            return TensorData.ofText(all, count);
        }
        return values.element().isReal()
                ? TensorData.ofReals(values.element(), Doubles.concat(values.doubles(), last.doubles()), count)
                : TensorData.ofIntegers(values.element(), Longs.concat(values.longs(), last.longs()), count);
    }

    /// Elements of a constant list by their places.
    static Value pick(NodeContext node, TensorData list, Value places) {
        Value all = node.constant(list);
        return list.element() == ElementType.STRING
                ? node.addDynamic(new TextPick(), all, places).getFirst()
                : node.add(new Gather(0), all, places);
    }

    /// `OneHotEncoder`: 1 at the place of the category, along a new last axis. Of equal categories the last counts.
    static Value oneHot(NodeContext node) {
        boolean zeros = node.attributes().flag("zeros", true);
        var names = node.attributes().texts("cats_strings").filter(list -> !list.isEmpty());
        var numbers = node.attributes().integers("cats_int64s").filter(list -> !list.isEmpty());
        if (names.isPresent() == numbers.isPresent()) {
            throw node.failure("one of 'cats_int64s' and 'cats_strings' must be given");
        }
        Value x = node.operand(0);
        if (TextMoves.isText(x) != names.isPresent()) {
            throw node.failure("the categories are not of the type of %s", x.type());
        }
        TensorData keys =
                names.map(list -> TensorData.ofText(list.reverse(), list.size()))
                        .orElseGet(() -> longs(Longs.toArray(numbers.orElseThrow().reverse())));
        long count = keys.count();
        Value elements = names.isPresent() ? x : new Layout(node).cast(x, ElementType.INT64);
        Value places = places(node, elements, keys);
        // Without zeros the list ends before the place of what is no category, so that a run fails there.
        long[] backwards = LongStream.rangeClosed(1, count + (zeros ? 1 : 0)).map(i -> count - i).toArray();
        Value category = pick(node, longs(backwards), places);
        Value column = node.add(new Reshape(x.shape().concat(Shape.of(Dim.ONE)).dims()), category);
        Value all = node.constant(longs(LongStream.range(0, count).toArray()));
        return node.add(new Cast(ElementType.FLOAT32), node.add(new Equal(), column, all));
    }
}
