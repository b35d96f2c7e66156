package dev.skive.verify.quality;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.RuntimeJsonMappingException;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Doubles;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Pairs of sentences with scores that say how much alike people find them.
///
/// @param pairs in the order of the file
public record SentencePairs(ImmutableList<Pair> pairs) {
    private static final int COLUMNS = 3;

    /// Two sentences.
    ///
    /// @param first one of them
    /// @param second the other
    /// @param score how much alike they are; larger is more
    public record Pair(String first, String second, double score) {}

    /// The pairs of a file with the columns sentence, sentence, score: comma-separated with quotes, or, when its name ends
    /// with `.tsv`, tab-separated without. A first line whose score is no number is a heading.
    ///
    /// @param most of them; the rest of the file is not read
    /// @throws SkiveException when the file cannot be read, or a line is not such a pair
    public static SentencePairs read(Path file, long most) {
        boolean tabs = file.toString().endsWith(".tsv");
        CsvSchema schema = CsvSchema.emptySchema();
        var pairs = ImmutableList.<Pair>builder();
        long count = 0;
        try (var reader = Files.newBufferedReader(file, StandardCharsets.UTF_8);
                MappingIterator<List<String>> lines =
                        new CsvMapper()
                                .readerForListOf(String.class)
                                .with(CsvParser.Feature.WRAP_AS_ARRAY)
                                .with(CsvParser.Feature.SKIP_EMPTY_LINES)
                                .with(tabs ? schema.withColumnSeparator('\t').withoutQuoteChar() : schema)
                                .readValues(reader)) {
            for (long line = 0; count < most && lines.hasNext(); line++) {
                List<String> cells = lines.next();
                if (line > 0 || !isHeading(cells)) {
                    pairs.add(pair(cells, file, line));
                    count++;
                }
            }
        } catch (RuntimeJsonMappingException e) {
            throw new SkiveException(ExitCode.USAGE, "'%s': %s".formatted(file, e.getMessage()), e);
        } catch (IOException e) {
            throw new SkiveException(ExitCode.IO, "cannot read '%s': %s".formatted(file, e.getMessage()), e);
        }
        return new SentencePairs(pairs.build());
    }

    private static boolean isHeading(List<String> cells) {
        return cells.size() == COLUMNS && Doubles.tryParse(cells.getLast()) == null;
    }

    private static Pair pair(List<String> cells, Path file, long line) {
        Double score = cells.size() == COLUMNS ? Doubles.tryParse(cells.getLast()) : null;
        if (score == null) {
            throw new SkiveException(
                    ExitCode.USAGE,
                    "'%s', record %d: expected two sentences and a score, found %s".formatted(file, line + 1, cells));
        }
        return new Pair(cells.getFirst(), cells.get(1), score);
    }
}
