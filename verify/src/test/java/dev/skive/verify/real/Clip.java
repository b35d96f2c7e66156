package dev.skive.verify.real;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;

/// Speech, 16,000 samples a second, as the integers of the recording, -32768 to 32767.
///
/// @param samples the samples
@SuppressWarnings("ArrayRecordComponent")
record Clip(double[] samples) {
    /// The clip of the shared data.
    static Clip read() {
        Path file = SharedData.file("audio/jfk-16k.wav");
        try (AudioInputStream in = AudioSystem.getAudioInputStream(file.toFile())) {
            AudioFormat format = in.getFormat();
            if (format.getSampleRate() != 16_000 || format.getChannels() != 1 || format.isBigEndian()) {
                throw new AssertionError(file + " is " + format);
            }
            short[] samples =
                    MemorySegment.ofArray(in.readAllBytes())
                            .toArray(ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN));
            double[] numbers = new double[samples.length];
            Arrays.setAll(numbers, i -> samples[i]);
            return new Clip(numbers);
        } catch (UnsupportedAudioFileException failure) {
            throw new AssertionError(file.toString(), failure);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Samples from -1 to 1, zero before the start.
    double[] part(int from, int count) {
        double[] part = new double[count];
        Arrays.setAll(part, i -> from + i < 0 ? 0 : samples[from + i] / 32768);
        return part;
    }
}
