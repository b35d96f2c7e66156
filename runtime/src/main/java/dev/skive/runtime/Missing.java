package dev.skive.runtime;

/// The content of an optional that is empty.
public record Missing() implements Value {}
