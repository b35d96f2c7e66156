package dev.skive.cli.model;

import dev.skive.runtime.ModelOptions;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// A number of things on the command line, one or more.
public final class Count implements ITypeConverter<Integer> {
    private static final int MOST = 1_000_000;

    @Override
    public Integer convert(String text) {
        return parse(text, MOST);
    }

    private static int parse(String text, int most) {
        int count = text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0;
        if (count < 1 || count > most) {
            throw new TypeConversionException("expected a number from 1 to %d, found '%s'".formatted(most, text));
        }
        return count;
    }

    /// A number of threads that a compiled model can use.
    public static final class Threads implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            return parse(text, ModelOptions.MAX_THREADS);
        }
    }
}
