/// The Maven goals `skive:compile` and `skive:check`, which run the `skive` command in a forked JDK.
///
/// No goal is implemented yet: the module is still packaged as a plain jar and cannot be used as a plugin.
@NullMarked
package dev.skive.maven;

import org.jspecify.annotations.NullMarked;
