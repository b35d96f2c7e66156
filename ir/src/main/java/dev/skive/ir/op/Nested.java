package dev.skive.ir.op;

import com.google.common.collect.ImmutableList;

/// An operator that runs graphs.
public interface Nested {
    /// What it runs.
    ImmutableList<Body> bodies();

    /// The first operand that a graph can take from outside.
    int firstCapture();

    /// The same operator with other bodies.
    Op withBodies(ImmutableList<Body> bodies);
}
