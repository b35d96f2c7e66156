package dev.skive.codegen.emit;

import com.google.common.collect.ImmutableList;
import dev.skive.codegen.plan.Kernel;

/// One call of a kernel's method.
///
/// @param method the name of the method
/// @param arguments what it is called with
/// @param kernel what it computes
record Call(String method, ImmutableList<Argument> arguments, Kernel kernel) {}
