package dev.skive.verify.ort;

import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import dev.skive.ir.eval.Tensor;
import dev.skive.verify.Engine;
import java.nio.file.Path;
import java.util.Map;

/// A model in ONNX Runtime on the CPU. Holds native memory until it is closed.
public final class OrtReference implements Engine {
    private final String name;
    private final OrtEnvironment environment;
    private final OrtSession session;

    /// Creates a session in an environment.
    @FunctionalInterface
    private interface Opening {
        OrtSession open(OrtEnvironment environment, SessionOptions options) throws OrtException;
    }

    private OrtReference(String model, OrtOptions options, Opening opening) {
        this.name = "onnxruntime";
        try (var settings = new SessionOptions()) {
            apply(options, settings);
            this.environment = OrtLibrary.environment();
            this.session = opening.open(environment, settings);
        } catch (OrtException failure) {
            throw new SkiveException(
                    ExitCode.CHECK_FAILED,
                    "ONNX Runtime cannot load %s: %s".formatted(model, failure.getMessage()),
                    failure);
        } catch (LinkageError failure) {
            throw new SkiveException(
                    ExitCode.CHECK_FAILED,
                    "ONNX Runtime's native library cannot be loaded on this machine, so nothing can be checked against it",
                    failure);
        }
    }

    /// The model of a file, with external data beside it.
    ///
    /// @throws SkiveException when ONNX Runtime cannot load it
    public static OrtReference open(Path file, OrtOptions options) {
        return new OrtReference(
                file.toString(),
                options,
                (environment, settings) -> environment.createSession(file.toString(), settings));
    }

    /// The model in these bytes.
    ///
    /// @throws SkiveException when ONNX Runtime cannot load it
    public static OrtReference of(byte[] model, OrtOptions options) {
        return new OrtReference(
                "a model of " + model.length + " bytes",
                options,
                (environment, settings) -> environment.createSession(model, settings));
    }

    private static void apply(OrtOptions options, SessionOptions settings) throws OrtException {
        settings.setIntraOpNumThreads(options.threads());
        settings.setInterOpNumThreads(1);
        settings.setExecutionMode(SessionOptions.ExecutionMode.SEQUENTIAL);
        settings.setOptimizationLevel(
                switch (options.optimization()) {
                    case NONE -> SessionOptions.OptLevel.NO_OPT;
                    case BASIC -> SessionOptions.OptLevel.BASIC_OPT;
                    case EXTENDED -> SessionOptions.OptLevel.EXTENDED_OPT;
                    case ALL -> SessionOptions.OptLevel.ALL_OPT;
                });
        settings.addConfigEntry("session.intra_op.allow_spinning", options.spinning() ? "1" : "0");
    }

    @Override
    public String name() {
        return name;
    }

    /// Names of the inputs the model asks for.
    public ImmutableSet<String> inputNames() {
        return ImmutableSet.copyOf(session.getInputNames());
    }

    @Override
    public ImmutableMap<String, Tensor> run(Map<String, Tensor> inputs) {
        try (var prepared = prepare(inputs)) {
            return prepared.outputs();
        }
    }

    /// A run with these inputs that can be repeated without converting them again, for benchmarks.
    ///
    /// @throws SkiveException when ONNX Runtime does not take them
    public PreparedRun prepare(Map<String, Tensor> inputs) {
        checkNames(inputs);
        try {
            return new PreparedRun(session, OrtInputs.of(environment, inputs));
        } catch (OrtException failure) {
            throw failed(failure);
        }
    }

    private void checkNames(Map<String, Tensor> inputs) {
        if (!inputs.keySet().equals(session.getInputNames())) {
            throw new SkiveException(
                    ExitCode.USAGE,
                    "the model takes the inputs %s, given are %s".formatted(session.getInputNames(), inputs.keySet()));
        }
    }

    static SkiveException failed(OrtException failure) {
        return new SkiveException(ExitCode.CHECK_FAILED, "ONNX Runtime failed: " + failure.getMessage(), failure);
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException failure) {
            throw failed(failure);
        }
    }

    /// One set of inputs, held in the form ONNX Runtime takes, with the model they belong to.
    public static final class PreparedRun implements AutoCloseable {
        private final OrtSession session;
        private final OrtInputs inputs;

        private PreparedRun(OrtSession session, OrtInputs inputs) {
            this.session = session;
            this.inputs = inputs;
        }

        /// Runs the model and drops its outputs: what a benchmark measures.
        public void run() {
            try (OrtSession.Result result = session.run(inputs.tensors())) {
                result.size();
            } catch (OrtException failure) {
                throw failed(failure);
            }
        }

        /// Runs the model and copies its outputs, by name in the model's order.
        public ImmutableMap<String, Tensor> outputs() {
            try (OrtSession.Result result = session.run(inputs.tensors())) {
                var outputs = ImmutableMap.<String, Tensor>builder();
                for (Map.Entry<String, OnnxValue> output : result) {
                    outputs.put(output.getKey(), OrtTensors.fromOrt(output.getKey(), output.getValue()));
                }
                return outputs.buildOrThrow();
            } catch (OrtException failure) {
                throw failed(failure);
            }
        }

        @Override
        public void close() {
            inputs.close();
        }
    }
}
