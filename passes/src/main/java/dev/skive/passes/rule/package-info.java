/// The rule engine: patterns over operators, rules made of them, and the driver that applies rules to a fixpoint.
@NullMarked
package dev.skive.passes.rule;

import org.jspecify.annotations.NullMarked;
