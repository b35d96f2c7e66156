/// Syntax trees: what was written, with the place of every part, before anything has a meaning.
@NullMarked
package dev.skive.grammar.tree;

import org.jspecify.annotations.NullMarked;
