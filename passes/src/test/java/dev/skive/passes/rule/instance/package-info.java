/// Random graphs in which a rule may apply, and what becomes of them when it does: the evidence for every rule without a
/// test of its own.
@NullMarked
package dev.skive.passes.rule.instance;

import org.jspecify.annotations.NullMarked;
