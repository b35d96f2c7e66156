package dev.skive.frontend.lang;

import com.google.common.collect.ImmutableList;
import dev.skive.grammar.tree.Position;
import dev.skive.ir.graph.GraphBuilder;
import dev.skive.ir.graph.Origin;

/// Where in a text, and in which call of which function, a node comes from.
///
/// @param builder the graph the nodes go to
/// @param scope the names that hold
/// @param path the functions that are being called, with the numbers of their rounds: `block.2/attention/`
/// @param rounds the numbers of the rounds of the repetitions around: `.2`
/// @param calls the functions that are being called, the innermost last
/// @param depth graphs and functions within each other
record Frame(
        GraphBuilder builder, Scope scope, String path, String rounds, ImmutableList<FunctionCall> calls, int depth) {
    /// A function that is being called.
    ///
    /// @param function its name
    /// @param position where
    record FunctionCall(String function, Position position) {}

    /// A frame outside of any function.
    static Frame of(GraphBuilder builder, Scope scope) {
        return new Frame(builder, scope, "", "", ImmutableList.of(), 0);
    }

    /// Within a round of a repetition.
    Frame round(Scope round, long number) {
        return new Frame(builder, round, path, rounds + "." + number, calls, depth);
    }

    /// Within a function.
    Frame calling(FunctionCall call, Scope inside) {
        var all = ImmutableList.<FunctionCall>builder().addAll(calls).add(call).build();
        return new Frame(builder, inside, path + call.function() + rounds + "/", "", all, depth + 1);
    }

    /// The same without the innermost call, for errors about what it was called with.
    Frame caller() {
        return new Frame(builder, scope, path, rounds, calls.subList(0, calls.size() - 1), depth);
    }

    /// Within a closure.
    Frame within(GraphBuilder body, Scope inside) {
        return new Frame(body, inside, path, rounds, calls, depth + 1);
    }

    /// The origin of a node that computes a value with this name.
    Origin origin(String name) {
        return Origin.of(path + name + rounds);
    }
}
