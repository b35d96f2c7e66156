/// How far two tensors are apart, and how far apart they may be.
@NullMarked
package dev.skive.verify.metric;

import org.jspecify.annotations.NullMarked;
