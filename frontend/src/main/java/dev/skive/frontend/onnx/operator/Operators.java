package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.skive.ir.op.Abs;
import dev.skive.ir.op.Acos;
import dev.skive.ir.op.Acosh;
import dev.skive.ir.op.Add;
import dev.skive.ir.op.And;
import dev.skive.ir.op.Asin;
import dev.skive.ir.op.Asinh;
import dev.skive.ir.op.Atan;
import dev.skive.ir.op.Atanh;
import dev.skive.ir.op.BitwiseAnd;
import dev.skive.ir.op.BitwiseOr;
import dev.skive.ir.op.BitwiseXor;
import dev.skive.ir.op.Ceil;
import dev.skive.ir.op.Cos;
import dev.skive.ir.op.Cosh;
import dev.skive.ir.op.Det;
import dev.skive.ir.op.Div;
import dev.skive.ir.op.Equal;
import dev.skive.ir.op.Exp;
import dev.skive.ir.op.Floor;
import dev.skive.ir.op.Greater;
import dev.skive.ir.op.GreaterOrEqual;
import dev.skive.ir.op.Less;
import dev.skive.ir.op.LessOrEqual;
import dev.skive.ir.op.Log;
import dev.skive.ir.op.MatMul;
import dev.skive.ir.op.Max;
import dev.skive.ir.op.Min;
import dev.skive.ir.op.Mul;
import dev.skive.ir.op.Neg;
import dev.skive.ir.op.Not;
import dev.skive.ir.op.Op;
import dev.skive.ir.op.Or;
import dev.skive.ir.op.Reciprocal;
import dev.skive.ir.op.ReduceMean;
import dev.skive.ir.op.ReduceProd;
import dev.skive.ir.op.ReduceSum;
import dev.skive.ir.op.Round;
import dev.skive.ir.op.Sigmoid;
import dev.skive.ir.op.Sin;
import dev.skive.ir.op.Sinh;
import dev.skive.ir.op.Sqrt;
import dev.skive.ir.op.Sub;
import dev.skive.ir.op.Tan;
import dev.skive.ir.op.Tanh;
import dev.skive.ir.op.Where;
import java.util.Optional;

/// Every ONNX operator that can be imported, by domain and name, sorted.
public final class Operators {
    private static final ImmutableMap<String, NodeImporter> TABLE =
            ImmutableMap.<String, NodeImporter>builder()
                    .putAll(ControlImporters.all())
                    .putAll(SearchImporters.all())
                    .putAll(LoopImporters.all())
                    .putAll(SequenceImporters.all())
                    .putAll(TextImporters.all())
                    .putAll(TrainingOperators.all())
                    .putAll(activations())
                    .putAll(arithmetic())
                    .putAll(AttentionOperators.all())
                    .putAll(Convolutions.importers())
                    .putAll(IntegerConvolutions.all())
                    .putAll(LearningOperators.all())
                    .putAll(logic())
                    .putAll(movement())
                    .putAll(OldExperiments.all())
                    .putAll(RandomImporters.all())
                    .putAll(RecurrentImporter.all())
                    .putAll(reductions())
                    .putAll(SpatialOperators.all())
                    .putAll(structured())
                    .putAll(OrtIndexed.all())
                    .putAll(OrtOperators.all())
                    .putAll(QuantizationImporters.all())
                    .putAll(QuantizedOperators.all())
                    .putAll(QuantizedProducts.all())
                    .buildOrThrow();

    private Operators() {}

    /// The importer of an operator, if it is supported.
    ///
    /// @param domain the operator's domain, empty for the standard
    /// @param type the operator's name
    public static Optional<NodeImporter> find(String domain, String type) {
        return Optional.ofNullable(TABLE.get(domain.isEmpty() ? type : domain + "." + type));
    }

    /// The names of all operators that can be imported.
    public static ImmutableSet<String> names() {
        return TABLE.keySet();
    }

    private static ImmutableMap<String, NodeImporter> arithmetic() {
        return ImmutableMap.<String, NodeImporter>builder()
                .put("Abs", new Rename(new Abs()))
                .put("Acos", new Rename(new Acos()))
                .put("Acosh", new Rename(new Acosh()))
                .put("Add", new Rename(new Add()))
                .put("Asin", new Rename(new Asin()))
                .put("Asinh", new Rename(new Asinh()))
                .put("Atan", new Rename(new Atan()))
                .put("Atanh", new Rename(new Atanh()))
                .put("Ceil", new Rename(new Ceil()))
                .put("Cos", new Rename(new Cos()))
                .put("Cosh", new Rename(new Cosh()))
                .put("Div", new Rename(new Div()))
                .put("Erf", single(Activations::erf))
                .put("Exp", new Rename(new Exp()))
                .put("Floor", new Rename(new Floor()))
                .put("Identity", new IdentityImporter())
                .put("Log", new Rename(new Log()))
                .put("Max", new VariadicImporter(new Max()))
                .put("Mean", new MeanImporter())
                .put("Min", new VariadicImporter(new Min()))
                .put("Mod", new ModImporter())
                .put("Mul", new Rename(new Mul()))
                .put("Neg", new Rename(new Neg()))
                .put("Pow", new PowImporter())
                .put("Reciprocal", new Rename(new Reciprocal()))
                .put("Round", new Rename(new Round()))
                .put("Sin", new Rename(new Sin()))
                .put("Sinh", new Rename(new Sinh()))
                .put("Sqrt", new Rename(new Sqrt()))
                .put("Sub", new Rename(new Sub()))
                .put("Sum", new VariadicImporter(new Add()))
                .put("Tan", new Rename(new Tan()))
                .put("Tanh", new Rename(new Tanh()))
                .buildOrThrow();
    }

    private static ImmutableMap<String, NodeImporter> activations() {
        return ImmutableMap.<String, NodeImporter>builder()
                .put("Celu", single(Activations::celu))
                .put("Clip", new ClipImporter())
                .put("Dropout", new DropoutImporter())
                .put("Elu", single(Activations::elu))
                .put("Gelu", new GeluImporter())
                .put("HardSigmoid", new HardSigmoidImporter())
                .put("HardSwish", new HardSwishImporter())
                .put("LeakyRelu", new LeakyReluImporter())
                .put("Mish", single(Activations::mish))
                .put("PRelu", single(Activations::prelu))
                .put("Relu", single(Activations::relu))
                .put("Selu", single(Activations::selu))
                .put("Shrink", single(Comparisons::shrink))
                .put("Sigmoid", new Rename(new Sigmoid()))
                .put("Softplus", single(Activations::softplus))
                .put("Softsign", single(Activations::softsign))
                .put("Swish", single(Activations::swish))
                .put("ThresholdedRelu", single(Activations::thresholdedRelu))
                .buildOrThrow();
    }

    private static ImmutableMap<String, NodeImporter> logic() {
        return ImmutableMap.<String, NodeImporter>builder()
                .put("And", new Rename(new And()))
                .put("BitCast", single(CastImporter::bits))
                .put("BitShift", new BitShiftImporter())
                .put("BitwiseAnd", new Rename(new BitwiseAnd()))
                .put("BitwiseNot", new BitwiseNotImporter())
                .put("BitwiseOr", new Rename(new BitwiseOr()))
                .put("BitwiseXor", new Rename(new BitwiseXor()))
                .put("Cast", new CastImporter())
                .put("CastLike", new CastLikeImporter())
                .put("Equal", new Rename(new Equal()))
                .put("Greater", new Rename(new Greater()))
                .put("GreaterOrEqual", new Rename(new GreaterOrEqual()))
                .put("IsInf", single(Comparisons::isInfinite))
                .put("IsNaN", single(Comparisons::isNan))
                .put("Less", new Rename(new Less()))
                .put("LessOrEqual", new Rename(new LessOrEqual()))
                .put("Not", new Rename(new Not()))
                .put("Or", new Rename(new Or()))
                .put("Sign", single(Comparisons::sign))
                .put("Where", new Rename(new Where()))
                .put("Xor", single(Comparisons::xor))
                .buildOrThrow();
    }

    private static ImmutableMap<String, NodeImporter> movement() {
        return ImmutableMap.<String, NodeImporter>builder()
                .put("CenterCropPad", new CenterCropPadImporter())
                .put("Compress", new CompressImporter())
                .put("Concat", new ConcatImporter())
                .put("Constant", new ConstantImporter())
                .put("ConstantOfShape", new ConstantOfShapeImporter())
                .put("DepthToSpace", new DepthImporter(true))
                .put("Expand", new ExpandImporter())
                .put("EyeLike", new EyeLikeImporter())
                .put("Flatten", new FlattenImporter())
                .put("Gather", new GatherImporter())
                .put("GatherElements", single(IndexedImporters::gatherElements))
                .put("GatherND", single(IndexedImporters::gatherNd))
                .put("OneHot", new OneHotImporter())
                .put("Pad", new PadImporter())
                .put("Range", new RangeImporter())
                .put("Reshape", new ReshapeImporter())
                .put("ReverseSequence", new ReverseSequenceImporter())
                .put("Scatter", single(IndexedImporters::scatterElements))
                .put("ScatterElements", single(IndexedImporters::scatterElements))
                .put("ScatterND", single(IndexedImporters::scatterNd))
                .put("Shape", new ShapeImporter())
                .put("Size", new SizeImporter())
                .put("Slice", new SliceImporter())
                .put("SpaceToDepth", new DepthImporter(false))
                .put("Split", new SplitImporter())
                .put("Squeeze", new SqueezeImporter())
                .put("Tile", new TileImporter())
                .put("Transpose", new TransposeImporter())
                .put("Trilu", new TriluImporter())
                .put("Unsqueeze", new UnsqueezeImporter())
                .buildOrThrow();
    }

    private static ImmutableMap<String, NodeImporter> reductions() {
        return ImmutableMap.<String, NodeImporter>builder()
                .put("ArgMax", new ArgImporter(true))
                .put("ArgMin", new ArgImporter(false))
                .put("CumProd", new CumProdImporter())
                .put("CumSum", new CumSumImporter())
                .put("ReduceL1", new ReduceImporter(ReduceImporter::l1))
                .put("ReduceL2", new ReduceImporter(ReduceImporter::l2))
                .put("ReduceLogSum", new ReduceImporter(ReduceImporter::logSum))
                .put("ReduceLogSumExp", new ReduceImporter(ReduceImporter::logSumExp))
                .put("ReduceMax", new ReduceImporter(ReduceImporter::max))
                .put("ReduceMean", reduce(ReduceMean::new))
                .put("ReduceMin", new ReduceImporter(ReduceImporter::min))
                .put("ReduceProd", reduce(ReduceProd::new))
                .put("ReduceSum", reduce(ReduceSum::new))
                .put("ReduceSumSquare", new ReduceImporter(fold -> fold.sum(fold.square())))
                .buildOrThrow();
    }

    private static NodeImporter reduce(java.util.function.BiFunction<ImmutableList<Integer>, Boolean, Op> reduction) {
        return new ReduceImporter(fold -> fold.node().add(reduction.apply(fold.axes(), fold.keepDims()), fold.x()));
    }

    /// An importer that is a function.
    private static NodeImporter single(NodeImporter.Single importer) {
        return importer;
    }

    private static ImmutableMap<String, NodeImporter> structured() {
        return ImmutableMap.<String, NodeImporter>builder()
                .put("Det", new Rename(new Det()))
                .put("Gemm", new GemmImporter())
                .put("Hardmax", new SoftmaxImporter(SoftmaxImporter::hardmax))
                .put("LogSoftmax", new SoftmaxImporter(SoftmaxImporter::logSoftmax))
                .put("LpNormalization", single(Normalizations::lp))
                .put("MatMul", new Rename(new MatMul()))
                .put("MeanVarianceNormalization", single(Normalizations::meanVariance))
                .put("Softmax", new SoftmaxImporter(SoftmaxImporter::softmax))
                .buildOrThrow();
    }
}
