/// Graphs as immutable, hash-consed values, and what builds, rewrites and checks them.
@NullMarked
package dev.skive.ir.graph;

import org.jspecify.annotations.NullMarked;
