package dev.skive.grammar;

import com.google.common.collect.ImmutableList;
import dev.skive.grammar.tree.PassTree;
import dev.skive.grammar.tree.PassTree.Option;

/// Reads pipelines.
public final class PipelineText {
    private PipelineText() {}

    /// The items of a pipeline, in order.
    ///
    /// @throws TextError when the text does not follow the grammar
    public static ImmutableList<PassTree> parse(SourceText source) {
        return ExpressionReader.all(new Parsing(source).apply(SkiveParser::pipelineText).pass(), PipelineText::pass);
    }

    private static PassTree pass(SkiveParser.PassContext context) {
        return new PassTree(
                ExpressionReader.position(context),
                ExpressionReader.kebab(context.kebab()),
                ExpressionReader.all(context.option(), PipelineText::option));
    }

    private static Option option(SkiveParser.OptionContext context) {
        SkiveParser.OptionValueContext value = context.optionValue();
        boolean quoted = value.STRING() != null;
        return new Option(
                ExpressionReader.position(context),
                ExpressionReader.kebab(context.kebab()),
                quoted ? ExpressionReader.unquoted(value.STRING()) : value.getText(),
                quoted);
    }
}
