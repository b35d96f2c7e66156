package dev.skive.verify.calibration;

import com.google.common.collect.ImmutableMap;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.eval.Tensor;
import dev.skive.verify.text.Tokenizer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterators;
import java.util.stream.StreamSupport;

/// Samples in a text file, UTF-8.
///
/// @param inputs of the model
/// @param file the text
/// @param tokenizer turns text into ids
public record TextSamples(TokenInputs inputs, Path file, Tokenizer tokenizer) {
    private static final int PART = 1 << 13;

    /// A sample for each line that is not blank.
    public Samples lines() {
        return () -> {
            BufferedReader reader = reader();
            return reader.lines().filter(line -> !line.isBlank()).map(this::sample).onClose(() -> close(reader));
        };
    }

    /// A sample for each so many ids of the running text, line ends included; a rest that is shorter is left out. The text
    /// goes to the tokenizer in parts, so this is for tokenizers that look at one character at a time.
    public Samples windows(int length) {
        return () -> {
            BufferedReader reader = reader();
            var windows = new Windows(reader, length);
            return StreamSupport.stream(Spliterators.spliteratorUnknownSize(windows, 0), false)
                    .map(inputs::of)
                    .onClose(() -> close(reader));
        };
    }

    private ImmutableMap<String, Tensor> sample(String line) {
        return inputs.of(tokenizer.encode(line));
    }

    private BufferedReader reader() {
        try {
            return Files.newBufferedReader(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private SkiveException unreadable(IOException e) {
        String why = e instanceof CharacterCodingException ? "it is not UTF-8" : String.valueOf(e.getMessage());
        return new SkiveException(ExitCode.IO, "cannot read '%s': %s".formatted(file, why), e);
    }

    private static void close(Reader reader) {
        try {
            reader.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Takes ids of the same number from a text again and again.
    private final class Windows implements Iterator<long[]> {
        private final Reader reader;
        private final int length;
        private long[] waiting = {};

        Windows(Reader reader, int length) {
            this.reader = reader;
            this.length = length;
        }

        @Override
        public boolean hasNext() {
            boolean more = true;
            while (waiting.length < length && more) {
                more = read();
            }
            return waiting.length >= length;
        }

        @Override
        public long[] next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            long[] window = java.util.Arrays.copyOf(waiting, length);
            waiting = java.util.Arrays.copyOfRange(waiting, length, waiting.length);
            return window;
        }

        private boolean read() {
            try {
                var part = new char[PART];
                int count = reader.read(part);
                if (count < 0) {
                    return false;
                }
                String text = new String(part, 0, count);
                if (Character.isHighSurrogate(text.charAt(count - 1))) {
                    int low = reader.read();
                    text = low < 0 ? text : text + (char) low;
                }
                waiting = com.google.common.primitives.Longs.concat(waiting, tokenizer.encode(text));
                return true;
            } catch (IOException e) {
                throw unreadable(e);
            }
        }
    }
}
