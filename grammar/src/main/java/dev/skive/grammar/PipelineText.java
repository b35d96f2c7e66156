package dev.skive.grammar;

import com.google.common.collect.ImmutableList;
import dev.skive.grammar.tree.PassTree;
import dev.skive.grammar.tree.PassTree.Option;

/// Reads pipelines.
public final class PipelineText {
    private final SourceText source;

    private PipelineText(SourceText source) {
        this.source = source;
    }

    /// The items of a pipeline, in order.
    ///
    /// @throws TextError when the text does not follow the grammar
    public static ImmutableList<PassTree> parse(SourceText source) {
        var reader = new PipelineText(source);
        return ExpressionReader.all(new Parsing(source).apply(SkiveParser::pipelineText).pass(), reader::pass);
    }

    private PassTree pass(SkiveParser.PassContext context) {
        return new PassTree(
                ExpressionReader.position(context),
                ExpressionReader.kebab(source, context.kebab()),
                ExpressionReader.all(context.option(), this::option));
    }

    private Option option(SkiveParser.OptionContext context) {
        SkiveParser.OptionValueContext value = context.optionValue();
        boolean quoted = value.STRING() != null;
        return new Option(
                ExpressionReader.position(context),
                ExpressionReader.kebab(source, context.kebab()),
                value(value),
                quoted);
    }

    private String value(SkiveParser.OptionValueContext value) {
        if (value.STRING() != null) {
            return ExpressionReader.unquoted(value.STRING());
        }
        return value.kebab() == null ? value.getText() : ExpressionReader.kebab(source, value.kebab());
    }
}
