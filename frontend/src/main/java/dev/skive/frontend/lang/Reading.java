package dev.skive.frontend.lang;

import com.google.common.collect.ImmutableMap;
import dev.skive.frontend.onnx.Limit;
import dev.skive.frontend.onnx.Limits;
import dev.skive.grammar.SourceText;
import dev.skive.grammar.TextError;
import dev.skive.grammar.TextProblem;
import dev.skive.grammar.tree.ModelTree;
import dev.skive.grammar.tree.Parameter;
import dev.skive.grammar.tree.Position;
import dev.skive.ir.SkiveException;
import dev.skive.ir.graph.Value;
import dev.skive.ir.type.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A text that is being read: what is defined in it, what was found wrong, and how much may still be made of it.
final class Reading {
    private static final int MAXIMUM_PROBLEMS = 20;
    private static final int SHOWN_CALLS = 3;

    private final SourceText source;
    private final Scope file = Scope.ofFile();
    private final ImmutableMap<String, ModelTree.Function> functions;
    private final WeightNames weights;
    private final Limits limits;
    private final List<TextProblem> problems = new ArrayList<>();
    private final Set<Position> places = new HashSet<>();
    private long steps;

    Reading(SourceText source, ImmutableMap<String, ModelTree.Function> functions, WeightNames weights, Limits limits) {
        this.source = source;
        this.functions = functions;
        this.weights = weights;
        this.limits = limits;
    }

    /// The names that hold everywhere in the file.
    Scope file() {
        return file;
    }

    /// A function that there is.
    ModelTree.Function function(String name) {
        return Optional.ofNullable(functions.get(name)).orElseThrow(() -> new AssertionError("no function " + name));
    }

    /// An input of a graph.
    Value input(Frame frame, Parameter parameter, String name, Type type) {
        try {
            return frame.builder().input(name, type);
        } catch (SkiveException taken) {
            throw error(frame, parameter.position(), taken.getMessage());
        }
    }

    /// The functions of the file by name.
    ImmutableMap<String, ModelTree.Function> functions() {
        return functions;
    }

    /// The tensors that the file names.
    WeightNames weights() {
        return weights;
    }

    Limits limits() {
        return limits;
    }

    /// Counts a statement or a node: repetitions and functions can make very many of a short text.
    void step() {
        steps++;
        limits.require(Limit.NODES, steps, "'%s'".formatted(source.name()));
    }

    /// An error at a place, with the calls that led there.
    TextError error(Frame frame, Position position, String problem) {
        var text = new StringBuilder(problem);
        frame.calls().reverse().stream()
                .limit(SHOWN_CALLS)
                .forEach(call ->
                        text.append(
                                " (in '%s', called at %d:%d)"
                                        .formatted(call.function(), call.position().line(), call.position().column())));
        return source.error(position, text.toString());
    }

    /// Notes errors, so that others can be found too. A place in a function or a repetition is noted once.
    void report(TextError error) {
        for (TextProblem problem : error.problems()) {
            if (places.add(problem.position())) {
                problems.add(problem);
            }
        }
        if (problems.size() >= MAXIMUM_PROBLEMS) {
            throw new TextError(problems);
        }
    }

    /// Throws what was noted, if anything was.
    void throwIfAny() {
        if (!problems.isEmpty()) {
            throw new TextError(problems);
        }
    }
}
