package dev.skive.frontend.lang;

import com.google.common.collect.ImmutableList;
import dev.skive.ir.op.AroundAxis;
import dev.skive.ir.op.CollapseAxes;
import dev.skive.ir.op.ConcatFromSequence;
import dev.skive.ir.op.DynamicExpand;
import dev.skive.ir.op.DynamicReshape;
import dev.skive.ir.op.DynamicResize;
import dev.skive.ir.op.DynamicSlice;
import dev.skive.ir.op.DynamicSqueeze;
import dev.skive.ir.op.DynamicUnsqueeze;
import dev.skive.ir.op.Extents;
import dev.skive.ir.op.KeyPlaces;
import dev.skive.ir.op.NonMaxSuppression;
import dev.skive.ir.op.NonZero;
import dev.skive.ir.op.Op;
import dev.skive.ir.op.OptionalGet;
import dev.skive.ir.op.OptionalHas;
import dev.skive.ir.op.OptionalOf;
import dev.skive.ir.op.PairProbabilities;
import dev.skive.ir.op.Resize;
import dev.skive.ir.op.ResizeFilter;
import dev.skive.ir.op.SequenceAt;
import dev.skive.ir.op.SequenceConstruct;
import dev.skive.ir.op.SequenceErase;
import dev.skive.ir.op.SequenceInsert;
import dev.skive.ir.op.SequenceLength;
import dev.skive.ir.op.SplitToSequence;
import dev.skive.ir.op.TextCodes;
import dev.skive.ir.op.TextConcat;
import dev.skive.ir.op.TextFrequencies;
import dev.skive.ir.op.TextFromNumber;
import dev.skive.ir.op.TextMatch;
import dev.skive.ir.op.TextNormalize;
import dev.skive.ir.op.TextPick;
import dev.skive.ir.op.TextSplit;
import dev.skive.ir.op.TextToNumber;
import dev.skive.ir.op.TopK;
import dev.skive.ir.op.Unique;
import dev.skive.ir.type.AbsentType;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.ElementType;
import dev.skive.ir.type.OptionalType;
import dev.skive.ir.type.SequenceType;
import dev.skive.ir.type.Shape;
import dev.skive.ir.type.TensorType;
import dev.skive.ir.type.Type;
import dev.skive.ir.type.UnrankedType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Applications of the operators whose results only a run can tell. The sizes that they introduce are `k`, `k k` or no
/// symbol at all; those of operands are `n` and `m`.
final class DynamicSamples {
    private static final Dim K = Dim.symbol("k");
    private static final Dim ODD = Dim.symbol("k k");
    private static final TensorType ROWS = type(ElementType.FLOAT32, "n", 4);
    private static final TensorType WORDS = type(ElementType.STRING, "n");
    private static final SequenceType LIST = new SequenceType(type(ElementType.FLOAT32, "m", 4));
    private static final Type FOUND = type(ElementType.FLOAT32, "k", 4);

    private DynamicSamples() {}

    /// One application.
    ///
    /// @param op the operator
    /// @param operands the types it is applied to
    record Sample(Op op, ImmutableList<Type> operands) {
        private static Sample of(Op op, Type... operands) {
            return new Sample(op, ImmutableList.copyOf(operands));
        }
    }

    static List<Sample> all() {
        return Stream.of(sequences(), texts(), searches(), reshapes()).flatMap(samples -> samples).toList();
    }

    private static TensorType type(ElementType element, Object... dims) {
        return new TensorType(
                element,
                Shape.of(
                        Arrays.stream(dims)
                                .map(dim -> dim instanceof Integer size ? Dim.of(size) : Dim.symbol((String) dim))
                                .toList()));
    }

    private static TensorType longs(Object... dims) {
        return type(ElementType.INT64, dims);
    }

    private static Stream<Sample> sequences() {
        return Stream.of(
                Sample.of(new ConcatFromSequence(-1, true, FOUND), LIST),
                Sample.of(new SequenceAt(new UnrankedType(ElementType.FLOAT32)), LIST, longs()),
                Sample.of(new SequenceConstruct(LIST), type(ElementType.FLOAT32, "m", 4)),
                Sample.of(new SequenceConstruct(new SequenceType(new OptionalType(FOUND)))),
                Sample.of(new SequenceErase(), LIST),
                Sample.of(new SequenceErase(), LIST, longs()),
                Sample.of(new SequenceInsert(LIST), LIST, ROWS, longs()),
                Sample.of(new SequenceLength(), LIST),
                Sample.of(new SplitToSequence(1, true, LIST), ROWS),
                Sample.of(new SplitToSequence(0, false, LIST), ROWS, longs(2)),
                Sample.of(new OptionalGet(FOUND), new OptionalType(FOUND)),
                Sample.of(new OptionalHas(), new OptionalType(LIST)),
                Sample.of(new OptionalOf(new OptionalType(LIST)), LIST),
                Sample.of(new OptionalOf(new OptionalType(LIST))));
    }

    private static Stream<Sample> texts() {
        return Stream.of(
                Sample.of(new TextCodes(), WORDS, WORDS),
                Sample.of(new TextConcat(), WORDS, WORDS),
                Sample.of(
                        new TextFrequencies(
                                TextFrequencies.Mode.TFIDF,
                                1,
                                2,
                                0,
                                3,
                                ImmutableList.of(ImmutableList.of(1L), ImmutableList.of(-5L, 1L << 40)),
                                ImmutableList.of(2, 0),
                                ImmutableList.of(0.1f, -0f)),
                        longs("n", 4)),
                Sample.of(new TextFromNumber(), ROWS),
                Sample.of(new TextMatch("[a-z]+\\d\"\n"), WORDS),
                Sample.of(
                        new TextNormalize(TextNormalize.Change.LOWER, true, ImmutableList.of("a", ""), "en_US", "k"),
                        WORDS),
                Sample.of(new TextPick(), WORDS, WORDS, longs("n")),
                Sample.of(new TextSplit("", -1, "k k"), WORDS),
                Sample.of(new TextToNumber(ElementType.FLOAT16), WORDS));
    }

    private static Stream<Sample> searches() {
        TensorType boxes = type(ElementType.FLOAT32, "n", "m", 4);
        TensorType scores = type(ElementType.FLOAT32, "n", 3, "m");
        return Stream.of(
                Sample.of(new KeyPlaces(), WORDS, WORDS),
                Sample.of(new NonMaxSuppression(true, K), boxes, scores, longs()),
                Sample.of(new NonMaxSuppression(false, ODD), boxes, scores, new AbsentType(), new AbsentType()),
                Sample.of(new NonZero("k k"), ROWS),
                Sample.of(new PairProbabilities(4), type(ElementType.FLOAT32, "n", 6)),
                Sample.of(new TopK(0, true, K), ROWS, longs(1)),
                Sample.of(new Unique(true, Optional.of(0), K), ROWS),
                Sample.of(new Unique(false, Optional.empty(), ODD), ROWS));
    }

    private static Stream<Sample> reshapes() {
        ImmutableList<Dim> sizes = ImmutableList.of(K, Dim.of(2), ODD.plus(1));
        ImmutableList<Dim> two = ImmutableList.of(K.times(2), Dim.symbol("n"));
        return Stream.of(
                Sample.of(new AroundAxis(Dim.symbol("n"), K, Dim.ONE), ROWS, longs()),
                Sample.of(new CollapseAxes(K, ODD, 1, true), ROWS, longs("m")),
                Sample.of(new DynamicExpand(sizes), ROWS, longs(3)),
                Sample.of(new DynamicReshape(sizes, true), ROWS, longs(3)),
                Sample.of(
                        new DynamicResize(
                                ImmutableList.of(1),
                                Resize.Coordinates.TF_HALF_PIXEL_FOR_NN,
                                new ResizeFilter.Cubic(-0.75, true, false),
                                Double.NaN,
                                DynamicResize.Proportions.NOT_LARGER,
                                two),
                        ROWS,
                        new AbsentType(),
                        type(ElementType.FLOAT32, 1)),
                Sample.of(new DynamicSlice(two), ROWS, longs(2), longs(2), longs(2)),
                Sample.of(new DynamicSqueeze(ImmutableList.of(K)), ROWS, longs(1)),
                Sample.of(new DynamicUnsqueeze(sizes), ROWS, longs(1)),
                Sample.of(new Extents(two), longs(2)));
    }
}
