/// Random inputs that a model accepts: ids inside its vocabularies, masks that are masks.
@NullMarked
package dev.skive.verify.input;

import org.jspecify.annotations.NullMarked;
