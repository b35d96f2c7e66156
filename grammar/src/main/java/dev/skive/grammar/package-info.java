/// The ANTLR 4 grammars of the model language, the rule language and pipeline text, with their syntax trees.
///
/// Meaning is given to a syntax tree by the module that uses it, never here.
@NullMarked
package dev.skive.grammar;

import org.jspecify.annotations.NullMarked;
