package dev.skive.frontend.lang;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.skive.ir.data.TensorData;
import dev.skive.ir.op.Body;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.Type;
import java.util.Map;

/// What an attribute of an operator is in text, before the operator says what it takes. So one attribute can have several
/// forms: `4` is a number, a size or a scale, and `f32` a word, an element type or a symbol.
public sealed interface Attribute {
    /// A whole number, `-1`.
    ///
    /// @param value the number
    record Whole(long value) implements Attribute {}

    /// A real number, `0.5`, `inf` or `nan`.
    ///
    /// @param value the number
    record Real(double value) implements Attribute {}

    /// `true` or `false`.
    ///
    /// @param value which
    record Truth(boolean value) implements Attribute {}

    /// A name that stands for itself: a choice, an element type or a symbol.
    ///
    /// @param name the name
    record Word(String name) implements Attribute {}

    /// A text in quotes.
    ///
    /// @param text what it says
    record Text(String text) implements Attribute {}

    /// A size that may be symbolic, `2*batch+1`.
    ///
    /// @param size the size
    record Size(Dim size) implements Attribute {}

    /// A type, `f32[batch, 4]`.
    ///
    /// @param type the type
    record Typed(Type type) implements Attribute {}

    /// Several, `[1, 2]`.
    ///
    /// @param items in order
    record Items(ImmutableList<Attribute> items) implements Attribute {}

    /// A group under a name, `Window(strides=[1, 1], ...)`.
    ///
    /// @param name what kind of group it is
    /// @param parts by name, in order
    record Group(String name, ImmutableMap<String, Attribute> parts) implements Attribute {}

    /// A graph that the operator runs, `(x: f32[4]) { return x }`.
    ///
    /// @param body the graph, and which operands it takes
    record Nested(Body body) implements Attribute {}

    /// A tensor in full, `f32[2] { 1, 2 }`.
    ///
    /// @param data the elements
    record Data(TensorData data) implements Attribute {}

    /// What a name means that nothing defines.
    static Attribute named(String name) {
        return NAMED.getOrDefault(name, new Word(name));
    }

    /// The names that mean a value.
    ImmutableMap<String, Attribute> NAMED =
            ImmutableMap.copyOf(
                    Map.of(
                            "true", new Truth(true),
                            "false", new Truth(false),
                            "inf", new Real(Double.POSITIVE_INFINITY),
                            "nan", new Real(Double.NaN)));
}
