package dev.skive.grammar.tree;

import com.google.common.collect.ImmutableList;
import java.util.Optional;

/// A model as written.
///
/// @param items what it is made of, in order
public record ModelTree(ImmutableList<Item> items) {
    /// What a model is made of.
    public sealed interface Item permits WeightsFile, RandomWeights, Setting, Function, GraphTree {
        /// Where it begins; of what has a name, where the name begins.
        Position position();
    }

    /// `weights "file" as name`: a file of tensors.
    ///
    /// @param position of the file's name
    /// @param file its name
    /// @param name what it is called in the text
    public record WeightsFile(Position position, String file, Optional<String> name) implements Item {}

    /// `weights random(7) as name`: tensors of made-up numbers.
    ///
    /// @param position of the generator
    /// @param generator what makes them up
    /// @param seed what they depend on, as written
    /// @param name what they are called in the text
    public record RandomWeights(Position position, String generator, String seed, Optional<String> name)
            implements Item {}

    /// `let name = value`: something known when the text is read.
    public record Setting(Position position, String name, Expression value) implements Item {}

    /// `fn name(parameters) -> results { body }`.
    ///
    /// @param position of the name
    /// @param name its name
    /// @param parameters what it takes
    /// @param results the types of what it returns, where they are given
    /// @param body what it does
    public record Function(
            Position position,
            String name,
            ImmutableList<Parameter> parameters,
            ImmutableList<ParameterType> results,
            ImmutableList<Statement> body)
            implements Item {}

    /// `graph name(inputs) { body }`.
    ///
    /// @param position of the name
    /// @param name its name
    /// @param inputs what it takes
    /// @param body what it does
    public record GraphTree(
            Position position, String name, ImmutableList<Parameter> inputs, ImmutableList<Statement> body)
            implements Item {}
}
