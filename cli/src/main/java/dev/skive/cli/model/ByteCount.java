package dev.skive.cli.model;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// A number of bytes on the command line: `1500`, `1MB`, `1.5GB`, `64MiB`.
public final class ByteCount implements ITypeConverter<Long> {
    private static final Pattern FORM = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)\\s*(?:([KMGT]?)(I?)B)?");
    private static final String UNITS = "KMGT";

    @Override
    public Long convert(String text) {
        Matcher matcher = FORM.matcher(text.strip().toUpperCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new TypeConversionException("expected a size such as 1MB, found '%s'".formatted(text));
        }
        boolean hasUnit = matcher.group(2) != null && !matcher.group(2).isEmpty();
        int power = hasUnit ? UNITS.indexOf(matcher.group(2)) + 1 : 0;
        var base = BigDecimal.valueOf("I".equals(matcher.group(3)) ? 1024 : 1000);
        try {
            return new BigDecimal(matcher.group(1)).multiply(base.pow(power)).toBigInteger().longValueExact();
        } catch (ArithmeticException e) {
            throw new TypeConversionException("the size '%s' is too large".formatted(text));
        }
    }
}
