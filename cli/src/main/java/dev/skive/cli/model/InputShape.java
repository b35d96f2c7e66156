package dev.skive.cli.model;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.Shape;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// A shape given for an input: `x:[1,3,224,224]` or `x:1,3,224,224`; a size may be a name.
///
/// @param input the input's name, which may hold colons itself
/// @param shape the shape
public record InputShape(String input, Shape shape) {
    /// Reads one from the command line.
    public static final class Converter implements ITypeConverter<InputShape> {
        @Override
        public InputShape convert(String text) {
            int colon = text.lastIndexOf(':');
            if (colon < 1) {
                throw new TypeConversionException(
                        "expected a shape such as x:[1,3,224,224], found '%s'".formatted(text));
            }
            String sizes = text.substring(colon + 1).strip();
            boolean bracketed = sizes.startsWith("[") && sizes.endsWith("]");
            String list = bracketed ? sizes.substring(1, sizes.length() - 1) : sizes;
            return new InputShape(
                    text.substring(0, colon),
                    new Shape(
                            Splitter.on(',')
                                    .trimResults()
                                    .omitEmptyStrings()
                                    .splitToStream(list)
                                    .map(size -> dim(size, text))
                                    .collect(ImmutableList.toImmutableList())));
        }

        private static Dim dim(String size, String text) {
            if (size.matches("[0-9]{1,18}")) {
                return Dim.of(Long.parseLong(size));
            }
            if (size.matches("[A-Za-z][A-Za-z0-9_.]*")) {
                return Dim.symbol(size);
            }
            throw new TypeConversionException("'%s' is not a size in '%s'".formatted(size, text));
        }
    }
}
