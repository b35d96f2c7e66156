/// The rule language: rule files are read, checked, and made into rules that the driver applies.
@NullMarked
package dev.skive.passes.rule.text;

import org.jspecify.annotations.NullMarked;
