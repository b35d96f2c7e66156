package dev.skive.grammar;

import com.google.common.collect.ImmutableList;
import dev.skive.grammar.tree.Expression;
import dev.skive.grammar.tree.ModelTree;
import java.util.Optional;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;

/// Reads models, those that people write and printed graphs.
public final class ModelText {
    private ModelText() {}

    /// The model.
    ///
    /// @throws TextError when the text does not follow the grammar
    public static ModelTree parse(SourceText source) {
        SkiveParser.ModelFileContext file = new Parsing(source).apply(SkiveParser::modelFile);
        return new ModelTree(ExpressionReader.all(file.item(), ModelText::item));
    }

    /// A closure that stands alone.
    ///
    /// @throws TextError when the text does not follow the grammar
    public static Expression.Closure closure(SourceText source) {
        SkiveParser.ClosureTextContext text = new Parsing(source).apply(SkiveParser::closureText);
        return new Expression.Closure(
                ExpressionReader.position(text),
                ExpressionReader.parameters(text.parameter()),
                ExpressionReader.statements(text.block()));
    }

    private static ModelTree.Item item(SkiveParser.ItemContext item) {
        if (item.weights() != null) {
            return weights(item.weights());
        }
        if (item.let() != null) {
            return new ModelTree.Setting(
                    Parsing.position(item.let().NAME().getSymbol()),
                    item.let().NAME().getText(),
                    ExpressionReader.expression(item.let().expression()));
        }
        return item.function() != null ? function(item.function()) : graph(item.graph());
    }

    private static ModelTree.Item weights(SkiveParser.WeightsContext weights) {
        TerminalNode file = weights.STRING();
        if (file != null) {
            return new ModelTree.WeightsFile(
                    Parsing.position(file.getSymbol()),
                    ExpressionReader.unquoted(file),
                    Optional.ofNullable(weights.NAME(0)).map(ParseTree::getText));
        }
        return new ModelTree.RandomWeights(
                Parsing.position(weights.NAME(0).getSymbol()),
                weights.NAME(0).getText(),
                weights.INT().getText(),
                Optional.ofNullable(weights.NAME(1)).map(ParseTree::getText));
    }

    private static ModelTree.Item function(SkiveParser.FunctionContext function) {
        return new ModelTree.Function(
                Parsing.position(function.NAME().getSymbol()),
                function.NAME().getText(),
                ExpressionReader.parameters(function.parameter()),
                function.parameterType().stream().map(ExpressionReader::type).collect(ImmutableList.toImmutableList()),
                ExpressionReader.statements(function.block()));
    }

    private static ModelTree.Item graph(SkiveParser.GraphContext graph) {
        TerminalNode name = graph.NAME() == null ? graph.STRING() : graph.NAME();
        return new ModelTree.GraphTree(
                Parsing.position(name.getSymbol()),
                graph.NAME() == null ? ExpressionReader.unquoted(name) : name.getText(),
                ExpressionReader.parameters(graph.parameter()),
                ExpressionReader.statements(graph.block()));
    }
}
