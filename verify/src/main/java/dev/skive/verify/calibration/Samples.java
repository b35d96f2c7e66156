package dev.skive.verify.calibration;

import com.google.common.collect.ImmutableMap;
import dev.skive.ir.eval.Tensor;
import java.util.stream.Stream;

/// Inputs of a model, one run after the other. They are read while they are looked at, so that any number of them takes
/// the memory of one.
@FunctionalInterface
public interface Samples {
    /// The inputs of each run, by name. Closing the stream closes the files.
    ///
    /// @throws dev.skive.ir.SkiveException now or later, when a file cannot be read or does not fit the model
    Stream<ImmutableMap<String, Tensor>> open();

    /// The first of them.
    default Samples first(long count) {
        return () -> open().limit(count);
    }
}
