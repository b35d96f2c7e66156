package dev.skive.frontend.onnx.operator;

import static dev.skive.frontend.onnx.RandomTensors.declared;
import static dev.skive.frontend.onnx.TestModel.integers;

import dev.skive.frontend.onnx.OnnxImporter;
import dev.skive.frontend.onnx.RandomTensors;
import dev.skive.frontend.onnx.RoundTrip;
import dev.skive.frontend.onnx.TestModel;
import dev.skive.ir.eval.Interpreter;
import dev.skive.ir.eval.Precision;
import dev.skive.ir.eval.Strides;
import dev.skive.ir.eval.Tensor;
import dev.skive.ir.graph.Graph;
import dev.skive.ir.type.ElementType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/// `Col2Im` against a plain sum, and against ONNX Runtime where that does not mix up the elements of dilated blocks.
class Col2ImOperatorTest {
    private static final RoundTrip CHECK = new RoundTrip(64);
    private static final int IMAGES = 2;
    private static final int CHANNELS = 2;

    /// A case; every array has one entry per axis of the image, pads have two.
    @SuppressWarnings("ArrayRecordComponent")
    private record Blocks(long[] image, long[] block, long[] dilations, long[] strides, long[] pads) {
        static Blocks random(int rank, boolean dilated, java.util.Random random) {
            return new Blocks(
                    random.longs(rank, 3, 7).toArray(),
                    random.longs(rank, 1, 3).toArray(),
                    random.longs(rank, 1, dilated ? 3 : 2).toArray(),
                    random.longs(rank, 1, 3).toArray(),
                    random.longs(2L * rank, 0, 2).toArray());
        }

        long[] counts() {
            var counts = new long[image.length];
            for (int i = 0; i < counts.length; i++) {
                long room = image[i] + pads[i] + pads[counts.length + i] - dilations[i] * (block[i] - 1) - 1;
                counts[i] = room / strides[i] + 1;
            }
            return counts;
        }

        /// Where an element of a block lies in the image, -1 outside.
        int place(int inBlock, int blockNumber) {
            int place = 0;
            int stride = 1;
            long[] counts = counts();
            for (int i = image.length - 1; i >= 0; i--) {
                long at = inBlock % block[i] * dilations[i] + blockNumber % counts[i] * strides[i] - pads[i];
                if (at < 0 || at >= image[i]) {
                    return -1;
                }
                place += (int) at * stride;
                stride *= (int) image[i];
                inBlock /= (int) block[i];
                blockNumber /= (int) counts[i];
            }
            return place;
        }
    }

    private static Tensor sum(Blocks blocks, Tensor x) {
        int inBlock = Strides.count(blocks.block);
        int count = Strides.count(blocks.counts());
        int plane = Strides.count(blocks.image);
        var sums = new double[IMAGES * CHANNELS * plane];
        for (int i = 0; i < x.count(); i++) {
            int place = blocks.place(i / count % inBlock, i % count);
            if (place >= 0) {
                sums[i / count / inBlock * plane + place] += x.reals()[i];
            }
        }
        var sizes = new long[blocks.image.length + 2];
        sizes[0] = IMAGES;
        sizes[1] = CHANNELS;
        System.arraycopy(blocks.image, 0, sizes, 2, blocks.image.length);
        return Tensor.ofReals(ElementType.FLOAT32, sums, sizes);
    }

    @Property(tries = 80)
    void addsBlocks(
            @ForAll @IntRange(min = 1, max = 3) int rank,
            @ForAll boolean dilated,
            @ForAll boolean symbolic,
            @ForAll long seed)
            throws IOException {
        var random = new RandomTensors(seed);
        var blocks = Blocks.random(rank, dilated, random.random());
        long count = Strides.count(blocks.counts());
        Tensor x = random.floats(IMAGES, (long) CHANNELS * Strides.count(blocks.block), count);
        Tensor like = random.floats(blocks.image);
        var model =
                new TestModel(18)
                        .input("x", ElementType.FLOAT32, "n", x.size(1), symbolic ? "count" : (Object) count)
                        .input("like", ElementType.FLOAT32, declared(symbolic, "d", blocks.image))
                        .node("Shape", "like", "image")
                        .longs("block", blocks.block)
                        .node(
                                "Col2Im",
                                "x,image,block",
                                "y",
                                integers("dilations", blocks.dilations),
                                integers("strides", blocks.strides),
                                integers("pads", blocks.pads))
                        .output("y");
        Map<String, Tensor> inputs = Map.of("x", x, "like", like);
        if (Arrays.stream(blocks.dilations).allMatch(dilation -> dilation == 1)) {
            CHECK.check(model, inputs, 18);
        }
        Path file = Files.createTempFile("skive-test", ".onnx");
        try {
            Graph graph = new OnnxImporter().read(model.write(file));
            var found = new Interpreter(Precision.DECLARED).run(graph, inputs);
            CHECK.compare("interpreter", Map.of("y", sum(blocks, x)), found);
        } finally {
            Files.delete(file);
        }
    }
}
