/// Rules with a mistake put in: what the examples and the generic test must notice.
@NullMarked
package dev.skive.passes.rule.mutation;

import org.jspecify.annotations.NullMarked;
