/// The model language: text of graphs, operators, attributes, sizes and constants, both ways.
@NullMarked
package dev.skive.frontend.lang;

import org.jspecify.annotations.NullMarked;
