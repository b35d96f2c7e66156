package dev.skive.cli.bench;

/// An engine that takes part in a measurement.
///
/// @param name what it is called in reports
/// @param call one inference on inputs that are ready; its result is dropped
public record Contender(String name, Runnable call) {}
