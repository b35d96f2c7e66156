package dev.skive.cli.model;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.type.TensorType;
import dev.skive.runtime.TensorInfo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Sizes that a user gives to a model's symbols: `batch=1,sequence=16`.
///
/// @param sizes by the name the user wrote
public record SymbolSizes(ImmutableMap<String, Long> sizes) {
    /// No sizes, for models without symbols.
    public static final SymbolSizes NONE = new SymbolSizes(ImmutableMap.of());

    /// Names that users expect, whatever the exporter called the symbols of the first two axes.
    private static final String BATCH = "batch";

    private static final String SEQUENCE = "sequence";

    /// The sizes of a batch of sequences.
    public static SymbolSizes of(long batch, long sequence) {
        return new SymbolSizes(ImmutableMap.of(BATCH, batch, SEQUENCE, sequence));
    }

    /// The symbols in the types of a model's inputs, in order.
    public static ImmutableSet<String> symbols(Graph graph) {
        return graph.inputs().stream()
                .filter(input -> input.type() instanceof TensorType)
                .flatMap(input -> ((TensorType) input.type()).shape().dims().stream())
                .flatMap(dim -> dim.symbols().stream().sorted())
                .collect(ImmutableSet.toImmutableSet());
    }

    /// A size for every symbol of a model.
    ///
    /// A name is a symbol, or the part of exactly one symbol, or `batch` for a symbol of a first axis and `sequence` for
    /// that of another axis when there is only one of each.
    ///
    /// @throws SkiveException when a name fits no symbol, or a symbol has no size
    public ImmutableMap<String, Long> resolve(Graph graph) {
        return resolve(symbols(graph), leading(graph));
    }

    /// A size for every symbol of a compiled model.
    ///
    /// @throws SkiveException when a name fits no symbol, or a symbol has no size
    public ImmutableMap<String, Long> resolve(List<TensorInfo> inputs) {
        return resolve(
                inputs.stream()
                        .flatMap(info -> info.dims().stream())
                        .filter(SymbolSizes::isSymbol)
                        .collect(ImmutableSet.toImmutableSet()),
                inputs.stream()
                        .flatMap(info -> info.dims().stream().limit(1))
                        .filter(SymbolSizes::isSymbol)
                        .collect(ImmutableSet.toImmutableSet()));
    }

    private ImmutableMap<String, Long> resolve(ImmutableSet<String> symbols, ImmutableSet<String> leading) {
        Map<String, Long> found = new LinkedHashMap<>();
        sizes.forEach((name, size) -> found.put(symbol(name, symbols, leading), size));
        List<String> missing = symbols.stream().filter(symbol -> !found.containsKey(symbol)).toList();
        if (!missing.isEmpty()) {
            throw new SkiveException(
                    ExitCode.USAGE,
                    "no size for %s; give %s"
                            .formatted(
                                    missing,
                                    missing.stream().map(name -> name + "=N").collect(Collectors.joining(","))));
        }
        return ImmutableMap.copyOf(found);
    }

    private static String symbol(String name, ImmutableSet<String> symbols, ImmutableSet<String> first) {
        if (symbols.contains(name)) {
            return name;
        }
        List<String> containing = symbols.stream().filter(symbol -> symbol.contains(name)).toList();
        if (containing.size() == 1) {
            return containing.getFirst();
        }
        List<String> others = symbols.stream().filter(symbol -> !first.contains(symbol)).toList();
        if (name.equals(BATCH) && first.size() == 1) {
            return first.asList().getFirst();
        }
        if (name.equals(SEQUENCE) && others.size() == 1) {
            return others.getFirst();
        }
        throw new SkiveException(
                ExitCode.USAGE, "the model has no size called '%s'; its sizes are %s".formatted(name, symbols));
    }

    private static boolean isSymbol(String dim) {
        return !dim.matches("[0-9]+");
    }

    private static ImmutableSet<String> leading(Graph graph) {
        return graph.inputs().stream()
                .filter(input -> input.type() instanceof TensorType type && type.shape().rank() > 0)
                .flatMap(input -> ((TensorType) input.type()).shape().dim(0).symbols().stream())
                .collect(ImmutableSet.toImmutableSet());
    }

    @Override
    public String toString() {
        return sizes.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(","));
    }

    /// Reads them from the command line.
    public static final class Converter implements ITypeConverter<SymbolSizes> {
        @Override
        public SymbolSizes convert(String text) {
            var sizes = ImmutableMap.<String, Long>builder();
            for (String part : Splitter.on(',').trimResults().omitEmptyStrings().split(text)) {
                int equals = part.lastIndexOf('=');
                if (equals < 1 || !part.substring(equals + 1).matches("[0-9]{1,9}")) {
                    throw new TypeConversionException(
                            "expected sizes such as batch=1,sequence=16, found '%s'".formatted(text));
                }
                sizes.put(part.substring(0, equals), Long.parseLong(part.substring(equals + 1)));
            }
            return new SymbolSizes(sizes.buildKeepingLast());
        }
    }
}
