/// Text as token ids, in plain Java.
@NullMarked
package dev.skive.verify.text;

import org.jspecify.annotations.NullMarked;
