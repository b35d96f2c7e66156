/// What a generated class needs at run time: tensors, weight mapping, the worker team and scalar math.
///
/// Nothing in here uses a third-party library: this module travels with every generated class.
@NullMarked
package dev.skive.runtime;

import org.jspecify.annotations.NullMarked;
