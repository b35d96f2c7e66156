package dev.skive.frontend.onnx.operator;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.skive.ir.op.Abs;
import dev.skive.ir.op.Add;
import dev.skive.ir.op.And;
import dev.skive.ir.op.Ceil;
import dev.skive.ir.op.Cos;
import dev.skive.ir.op.Div;
import dev.skive.ir.op.Equal;
import dev.skive.ir.op.Erf;
import dev.skive.ir.op.Exp;
import dev.skive.ir.op.Floor;
import dev.skive.ir.op.Gelu;
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
import dev.skive.ir.op.ReduceMax;
import dev.skive.ir.op.ReduceMean;
import dev.skive.ir.op.ReduceMin;
import dev.skive.ir.op.ReduceProd;
import dev.skive.ir.op.ReduceSum;
import dev.skive.ir.op.Relu;
import dev.skive.ir.op.Sigmoid;
import dev.skive.ir.op.Sin;
import dev.skive.ir.op.Sqrt;
import dev.skive.ir.op.Sub;
import dev.skive.ir.op.Tanh;
import dev.skive.ir.op.Where;
import java.util.Optional;

/// Every ONNX operator that can be imported, by domain and name, sorted.
public final class Operators {
    private static final ImmutableMap<String, NodeImporter> TABLE =
            ImmutableMap.<String, NodeImporter>builder()
                    .putAll(elementwise())
                    .putAll(movement())
                    .putAll(reductions())
                    .putAll(structured())
                    .putAll(microsoft())
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

    private static ImmutableMap<String, NodeImporter> elementwise() {
        return ImmutableMap.<String, NodeImporter>builder()
                .put("Abs", new Rename(new Abs()))
                .put("Add", new Rename(new Add()))
                .put("And", new Rename(new And()))
                .put("Cast", new CastImporter())
                .put("CastLike", new CastLikeImporter())
                .put("Ceil", new Rename(new Ceil()))
                .put("Clip", new ClipImporter())
                .put("Cos", new Rename(new Cos()))
                .put("Div", new Rename(new Div()))
                .put("Dropout", new DropoutImporter())
                .put("Equal", new Rename(new Equal()))
                .put("Erf", new Rename(new Erf()))
                .put("Exp", new Rename(new Exp()))
                .put("Floor", new Rename(new Floor()))
                .put("Gelu", new GeluImporter())
                .put("Greater", new Rename(new Greater()))
                .put("GreaterOrEqual", new Rename(new GreaterOrEqual()))
                .put("HardSigmoid", new HardSigmoidImporter())
                .put("HardSwish", new HardSwishImporter())
                .put("Identity", new IdentityImporter())
                .put("LeakyRelu", new LeakyReluImporter())
                .put("Less", new Rename(new Less()))
                .put("LessOrEqual", new Rename(new LessOrEqual()))
                .put("Log", new Rename(new Log()))
                .put("Max", new VariadicImporter(new Max()))
                .put("Mean", new MeanImporter())
                .put("Min", new VariadicImporter(new Min()))
                .put("Mul", new Rename(new Mul()))
                .put("Neg", new Rename(new Neg()))
                .put("Not", new Rename(new Not()))
                .put("Or", new Rename(new Or()))
                .put("Pow", new PowImporter())
                .put("Reciprocal", new Rename(new Reciprocal()))
                .put("Relu", new Rename(new Relu()))
                .put("Sigmoid", new Rename(new Sigmoid()))
                .put("Sin", new Rename(new Sin()))
                .put("Sqrt", new Rename(new Sqrt()))
                .put("Sub", new Rename(new Sub()))
                .put("Sum", new VariadicImporter(new Add()))
                .put("Tanh", new Rename(new Tanh()))
                .put("Where", new Rename(new Where()))
                .buildOrThrow();
    }

    private static ImmutableMap<String, NodeImporter> movement() {
        return ImmutableMap.<String, NodeImporter>builder()
                .put("Concat", new ConcatImporter())
                .put("Constant", new ConstantImporter())
                .put("ConstantOfShape", new ConstantOfShapeImporter())
                .put("Expand", new ExpandImporter())
                .put("Flatten", new FlattenImporter())
                .put("Gather", new GatherImporter())
                .put("Range", new RangeImporter())
                .put("Reshape", new ReshapeImporter())
                .put("Shape", new ShapeImporter())
                .put("Size", new SizeImporter())
                .put("Slice", new SliceImporter())
                .put("Split", new SplitImporter())
                .put("Squeeze", new SqueezeImporter())
                .put("Tile", new TileImporter())
                .put("Transpose", new TransposeImporter())
                .put("Unsqueeze", new UnsqueezeImporter())
                .buildOrThrow();
    }

    private static ImmutableMap<String, NodeImporter> reductions() {
        return ImmutableMap.<String, NodeImporter>builder()
                .put("ReduceL1", new ReduceImporter(ReduceImporter::l1))
                .put("ReduceL2", new ReduceImporter(ReduceImporter::l2))
                .put("ReduceLogSum", new ReduceImporter(ReduceImporter::logSum))
                .put("ReduceLogSumExp", new ReduceImporter(ReduceImporter::logSumExp))
                .put("ReduceMax", reduce(ReduceMax::new))
                .put("ReduceMean", reduce(ReduceMean::new))
                .put("ReduceMin", reduce(ReduceMin::new))
                .put("ReduceProd", reduce(ReduceProd::new))
                .put("ReduceSum", reduce(ReduceSum::new))
                .put("ReduceSumSquare", new ReduceImporter(fold -> fold.sum(fold.square())))
                .buildOrThrow();
    }

    private static NodeImporter reduce(java.util.function.BiFunction<ImmutableList<Integer>, Boolean, Op> reduction) {
        return new ReduceImporter(fold -> fold.node().add(reduction.apply(fold.axes(), fold.keepDims()), fold.x()));
    }

    private static ImmutableMap<String, NodeImporter> structured() {
        return ImmutableMap.<String, NodeImporter>builder()
                .put("Attention", new AttentionImporter())
                .put("Gemm", new GemmImporter())
                .put("LayerNormalization", new LayerNormalizationImporter())
                .put("MatMul", new Rename(new MatMul()))
                .put("RMSNormalization", new RmsNormalizationImporter())
                // ORT keeps this one of its own in the standard domain.
                .put("SimplifiedLayerNormalization", new RmsNormalizationImporter())
                .put("Softmax", new SoftmaxImporter())
                .buildOrThrow();
    }

    private static ImmutableMap<String, NodeImporter> microsoft() {
        return ImmutableMap.<String, NodeImporter>builder()
                .put("com.microsoft.BiasGelu", new BiasGeluImporter(Gelu.Form.ERF))
                .put("com.microsoft.FastGelu", new BiasGeluImporter(Gelu.Form.TANH))
                .put("com.microsoft.Gelu", new GeluImporter())
                .put("com.microsoft.SkipLayerNormalization", new SkipNormalizationImporter(false))
                .put("com.microsoft.SkipSimplifiedLayerNormalization", new SkipNormalizationImporter(true))
                .buildOrThrow();
    }
}
